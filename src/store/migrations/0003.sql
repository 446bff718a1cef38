-- Tells environments of the same names in two installations, and two of the same name one after the other, apart where they are deployed.
alter table environments add column identity uuid not null default gen_random_uuid();
