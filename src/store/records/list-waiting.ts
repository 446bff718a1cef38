import { sql } from 'kysely';
import type { DeploymentWork } from '../../core/index.ts';
import type { RecordContext } from './context.ts';
import { leaseUntil, queueHolder, slotStatuses } from './leases.ts';

/** So long a deployment may be on its way into the queue; later it is looked after. */
const grace = sql<Date>`now() - interval '5 seconds'`;

/** What ends before the next look but one. */
const soon = sql<Date>`now() + interval '6 seconds'`;

/**
 * Lists what comes next in each environment and nobody carries out, or is known to.
 * Rule: who calls it will hand them out, so nothing in the queue counts as interrupted for as long as somebody does.
 */
export async function listWaiting({ database }: RecordContext): Promise<readonly DeploymentWork[]> {
  await database
    .updateTable('deployments')
    .set({ lease_until: leaseUntil })
    .where('status', '=', 'queued')
    .where('holder', '=', queueHolder)
    .where('lease_until', '<', soon)
    .execute();
  const next = database
    .selectFrom('deployments')
    .distinctOn('environment')
    .select(['id', 'environment', 'number', 'holder', 'lease_until', 'created_at'])
    .where('status', 'in', slotStatuses)
    .orderBy('environment')
    .orderBy('number');
  const rows = await database
    .selectFrom(next.as('next'))
    .innerJoin('environments', 'environments.id', 'next.environment')
    .select(['next.id', 'next.number', 'environments.project', 'environments.name'])
    .where((where) =>
      where.or([
        where('next.lease_until', '<', sql<Date>`now()`),
        where.and([where('next.holder', '=', queueHolder), where('next.created_at', '<', grace)]),
      ]),
    )
    .execute();
  return rows.map(({ id, number, project, name }) => ({ id, number, project, environment: name }));
}
