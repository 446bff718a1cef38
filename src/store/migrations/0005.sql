-- Who has asked for a deployment to be ended. Whoever carries it out sees it with its next heartbeat.
alter table deployments add column cancelled_by text;
