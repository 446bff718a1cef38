-- What the drivers of an environment's resources tell each other: the shared state of Score provisioners.
alter table environments add column shared jsonb not null default '{}';
