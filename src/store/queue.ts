import { PgBoss, type Job } from 'pg-boss';
import type { DeploymentWork, WorkQueue } from '../core/index.ts';

export interface QueueOptions {
  readonly connectionString: string;
  /** How many deployments this process carries out at once. */
  readonly atOnce?: number;
  /** Of what goes wrong in the queue itself; deployments are not concerned. */
  readonly onNotice: (line: string) => void;
}

const schema = 'tutti_queue';
const name = 'deployments';
const connectionsMax = 4;
const usualAtOnce = 8;
const secondsInADay = 86_400;

/** A process that says nothing for so long is gone; it is looked for every second, so that another takes over within fifteen. */
const heartbeat = { seconds: 10, refreshSeconds: 3, lookSeconds: 1 } as const;

/** Whatever becomes of a deployment, its job is done; only a process that stops or is killed hands it back. How often is a matter of the record. */
const retries = { limit: 1_000_000, delaySeconds: 0 } as const;

/**
 * The queue of an installation, in a schema of its own in the same database.
 * Rule: jobs of an environment are handed out in the order in which they were added, one at a time (`key_strict_fifo`).
 */
export async function openWorkQueue({ connectionString, atOnce = usualAtOnce, onNotice }: QueueOptions): Promise<WorkQueue> {
  const boss = new PgBoss({
    connectionString,
    schema,
    max: connectionsMax,
    application_name: 'tutti-queue',
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: heartbeat.lookSeconds,
    monitorIntervalSeconds: heartbeat.lookSeconds,
    registerInstance: false,
  });
  boss.on('error', (error: Error) => onNotice(`queue: ${error.message}`));
  await boss.start();
  await boss.createQueue(name, {
    policy: 'key_strict_fifo',
    notify: true,
    heartbeatSeconds: heartbeat.seconds,
    expireInSeconds: secondsInADay - 1,
    retryLimit: retries.limit,
    retryDelay: retries.delaySeconds,
    deleteAfterSeconds: secondsInADay,
  });
  return {
    add: async (work) => {
      await boss.send(name, { ...work }, { id: work.id, singletonKey: `${work.project}/${work.environment}` });
    },
    start: async (carryOut) => {
      // A job that is handed back wakes nobody.
      const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
      const options = { localConcurrency: atOnce, batchSize: 1, ...polling, heartbeatRefreshSeconds: heartbeat.refreshSeconds };
      await boss.work<DeploymentWork>(name, options, async (jobs: Job<DeploymentWork>[]) => {
        for (const { data } of jobs) await carryOut(data);
      });
    },
    close: () => boss.stop({ graceful: true, close: true }),
  };
}
