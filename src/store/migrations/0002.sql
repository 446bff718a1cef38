-- What the drivers of an environment's resources tell each other: the shared state of Score provisioners.
alter table environments add column shared jsonb not null default '{}';

-- What other tools knew of resources before they were first deployed here, by uid.
alter table environments add column imported jsonb not null default '{}';
