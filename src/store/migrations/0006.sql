-- Hooks that a deployment began and that cannot be undone: a rollback stops before them and asks.
alter table deployments add column irreversible jsonb not null default '[]';
