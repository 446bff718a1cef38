import type pg from 'pg';
import type { EventRecord, EventStore } from '../../core/index.ts';
import type { RecordContext } from './context.ts';

const listenRetryMs = 1_000;

export function createEventStore(context: RecordContext, pool: pg.Pool): EventStore {
  return {
    list: (filter) => listEvents(context, filter),
    watch: (listener) => watchEvents(pool, listener),
  };
}

async function listEvents({ database }: RecordContext, filter: Parameters<EventStore['list']>[0]): Promise<readonly EventRecord[]> {
  let query = database
    .selectFrom('events')
    .selectAll()
    .where('sequence', '>', String(filter.after))
    .orderBy('sequence')
    .limit(filter.limit);
  if (filter.deployment !== undefined) query = query.where('deployment', '=', filter.deployment);
  if (filter.project !== undefined) query = query.where('project', '=', filter.project);
  if (filter.environment !== undefined) query = query.where('environment', '=', filter.environment);
  const rows = await query.execute();
  return rows.map((row) => ({
    sequence: Number(row.sequence),
    at: row.at.toISOString(),
    type: row.type,
    ...(row.project !== null && { project: row.project }),
    ...(row.environment !== null && { environment: row.environment }),
    ...(row.deployment !== null && { deployment: row.deployment }),
    data: row.data,
  }));
}

/**
 * Listens on a connection of its own.
 * Rule: a broken connection is made again after a second, and the listener is called then, since events may have been
 * missed: it reads them by their numbers anyway.
 */
async function watchEvents(pool: pg.Pool, listener: () => void): Promise<() => Promise<void>> {
  let isStopped = false;
  let client: pg.PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;

  const reconnect = (): void => {
    client?.release(true);
    client = undefined;
    if (!isStopped) timer = setTimeout(() => void connect().catch(reconnect), listenRetryMs);
  };
  const connect = async (): Promise<void> => {
    const fresh = await pool.connect();
    if (isStopped) return fresh.release();
    client = fresh;
    fresh.on('notification', listener);
    fresh.once('error', reconnect);
    await fresh.query('listen tutti_events');
    listener();
  };

  await connect();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    client?.removeListener('error', reconnect);
    client?.on('error', () => undefined);
    client?.release(true);
    client = undefined;
  };
}
