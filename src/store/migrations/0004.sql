-- How often a process began to carry a deployment out: one that ends every process that takes it is given up.
alter table deployments add column attempts integer not null default 0;

-- The digest that a person confirmed with the order: whoever carries it out has to know.
alter table deployments add column confirmed_digest text;
