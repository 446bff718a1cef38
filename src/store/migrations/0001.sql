-- Everything that tutti remembers. JSON columns hold the types of core's model; times are UTC.

create table projects (
  name         text primary key,
  display_name text,
  created_at   timestamptz not null default now()
);

-- Kept for ever: how often an environment of this name was created.
create table environment_names (
  project     text not null,
  name        text not null,
  incarnation integer not null,
  primary key (project, name)
);

create table releases (
  number     integer primary key,
  digest     text not null,
  files      jsonb not null,
  created_at timestamptz not null default now(),
  created_by text not null
);

create table environments (
  id          bigint generated always as identity primary key,
  project     text not null references projects (name),
  name        text not null,
  type        text not null,
  incarnation integer not null,
  release     integer not null references releases (number),
  labels      jsonb not null default '{}',
  revision    integer not null default 0,
  target      jsonb,
  -- Counts every right that was ever given to carry a deployment out; a write with a lower one is refused.
  fence       bigint not null default 0,
  deployments integer not null default 0,
  created_at  timestamptz not null default now(),
  unique (project, name)
);

-- Every version of every setting. The current one is the highest; a removed one has neither value nor secret.
create table environment_values (
  environment bigint not null references environments (id) on delete cascade,
  key         text not null,
  version     integer not null,
  value       text,
  secret      bytea,
  hash        text,
  changed_at  timestamptz not null default now(),
  changed_by  text not null,
  primary key (environment, key, version),
  check (value is null or secret is null)
);

create table seeds (
  environment   bigint not null references environments (id) on delete cascade,
  uid           text not null,
  name          text not null,
  secret        bytea not null,
  specification jsonb not null,
  algorithm     integer not null,
  created_at    timestamptz not null default now(),
  primary key (environment, uid, name)
);

create table resources (
  environment bigint not null references environments (id) on delete cascade,
  uid         text not null,
  state       jsonb not null,
  primary key (environment, uid)
);

create table workloads (
  environment bigint not null references environments (id) on delete cascade,
  name        text not null,
  state       jsonb not null,
  primary key (environment, name)
);

-- The inventory: written before the target is, shrunk after what it names is gone.
create table objects (
  environment bigint not null references environments (id) on delete cascade,
  key         text not null,
  state       jsonb not null,
  primary key (environment, key)
);

create table plans (
  id          uuid primary key,
  environment bigint not null references environments (id) on delete cascade,
  plan        jsonb not null,
  request     jsonb not null,
  requester   text not null,
  created_at  timestamptz not null default now()
);

create table deployments (
  id              uuid primary key,
  environment     bigint not null references environments (id) on delete cascade,
  number          integer not null,
  status          text not null,
  kind            text not null,
  request         jsonb not null,
  plan_id         uuid references plans (id),
  approved_digest text,
  plan            jsonb,
  requester       text not null,
  reason          text not null,
  release         integer not null,
  location        text,
  next_command    text,
  revision        text,
  diagnostics     jsonb not null default '[]',
  snapshot        jsonb,
  holder          text not null,
  lease_until     timestamptz not null,
  fence           bigint,
  created_at      timestamptz not null default now(),
  started_at      timestamptz,
  finished_at     timestamptz,
  unique (environment, number)
);

create index deployments_open on deployments (environment, number)
  where status not in ('succeeded', 'failed', 'cancelled');

create table deployment_steps (
  deployment  uuid not null references deployments (id) on delete cascade,
  subject_key text not null,
  subject     jsonb not null,
  status      text not null,
  detail      text,
  diagnostics jsonb not null default '[]',
  ordinal     bigint generated always as identity,
  changed_at  timestamptz not null default now(),
  primary key (deployment, subject_key)
);

create table events (
  sequence    bigint generated always as identity primary key,
  at          timestamptz not null default now(),
  type        text not null,
  project     text,
  environment text,
  deployment  uuid,
  data        jsonb not null default '{}'
);

create index events_by_deployment on events (deployment, sequence);
create index events_by_environment on events (project, environment, sequence);

create table audit (
  sequence bigint generated always as identity primary key,
  at       timestamptz not null default now(),
  actor    text not null,
  action   text not null,
  subject  text not null,
  detail   jsonb not null default '{}'
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end $$;

create trigger audit_is_append_only before update or delete or truncate on audit
  for each statement execute function refuse_change();

create function announce_event() returns trigger language plpgsql as $$
begin
  perform pg_notify('tutti_events', '');
  return null;
end $$;

create trigger events_are_announced after insert on events
  for each statement execute function announce_event();

create table tokens (
  hash       bytea primary key,
  name       text not null,
  created_at timestamptz not null default now(),
  created_by text not null
);
