import { succeed, type TargetRuntime } from '../../../core/index.ts';
import type { Waiting } from '../await-ready.ts';
import { withCluster, type OpenCluster } from '../session.ts';
import { listEvents } from './list-events.ts';
import { listInstances } from './list-instances.ts';
import { readLogs } from './read-logs.ts';
import { restartNode } from './restart.ts';
import { runJob } from './run-job.ts';
import { watchChanges } from './watch-changes.ts';

/** What runs of an environment in a cluster. */
export function createRuntime(open: OpenCluster, waiting: Waiting): TargetRuntime {
  const { now } = waiting;
  return {
    list: (request) => withCluster(open, { request }, (cluster) => listInstances(cluster, request, now)),
    events: (request) => withCluster(open, { request }, (cluster) => listEvents(cluster, request)),
    changes: (request) => withCluster(open, { request }, async (cluster) => succeed(watchChanges(cluster, request, waiting))),
    logs: (request, query) => withCluster(open, { request }, (cluster) => readLogs(cluster, request, query, waiting)),
    restart: (request, node) => withCluster(open, { request }, (cluster) => restartNode(cluster, request, { node, now: now() })),
    run: (request, node) => withCluster(open, { request }, (cluster) => runJob(cluster, request, { node, now: now() })),
  };
}
