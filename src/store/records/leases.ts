import { sql } from 'kysely';
import {
  diagnose,
  fail,
  succeed,
  type DeploymentStatus,
  type Diagnostic,
  type Lease,
  type Outcome,
  type SlotClaim,
} from '../../core/index.ts';
import type { DatabaseTransaction } from '../database.ts';
import type { RecordContext } from './context.ts';
import { missing } from './find-environment.ts';

/**
 * The right to carry a deployment out, told as a state machine.
 *
 * A deployment is accepted with a lease on waiting: its process renews that while it polls for the slot. The slot of an
 * environment belongs to its oldest deployment that has not ended. Who takes the slot gets the environment's next
 * fence number; every later write names it and is refused once somebody else has taken a higher one. A lease that is
 * not renewed for 10 s of the database's time is over: the deployment counts as interrupted, and another process may
 * take it, by `resume`.
 */
export const leaseUntil = sql<Date>`now() + interval '10 seconds'`;

/** Holds what waits in the queue for whoever takes it. */
export const queueHolder = 'queue';

const openStatuses: readonly DeploymentStatus[] = ['queued', 'planning', 'awaiting-approval', 'provisioning', 'applying', 'verifying'];

/** Of deployments that have their environment's slot, or wait for it. */
export const slotStatuses = openStatuses.filter((status) => status !== 'awaiting-approval');

export async function acquireSlot(
  { database }: RecordContext,
  id: string,
  { holder, isPatient = false }: SlotClaim,
): Promise<Outcome<Lease | undefined>> {
  return database.transaction().execute(async (transaction) => {
    const own = await transaction
      .selectFrom('deployments')
      .innerJoin('environments', 'environments.id', 'deployments.environment')
      .select(['environments.id as environment', 'deployments.status'])
      .where('deployments.id', '=', id)
      .forUpdate('environments')
      .executeTakeFirst();
    if (!own) return fail(missing(`deployment ${id}`));
    if (!openStatuses.includes(own.status)) return fail(endedAlready(own.status));
    const first = await selectOldest(transaction, own.environment);
    if (first && first.id !== id) return waitBehind(transaction, { id, holder, first, isPatient });
    if (first && first.holder !== holder && first.holder !== queueHolder && !first.is_expired) return succeed(undefined);
    return succeed(await takeSlot(transaction, { id, holder, environment: own.environment }));
  });
}

interface OldestDeployment {
  readonly id: string;
  readonly number: number;
  readonly holder: string;
  readonly is_expired: unknown;
}

async function selectOldest(transaction: DatabaseTransaction, environment: string): Promise<OldestDeployment | undefined> {
  return transaction
    .selectFrom('deployments')
    .select(['id', 'number', 'holder'])
    .select(sql<boolean>`lease_until < now()`.as('is_expired'))
    .where('environment', '=', environment)
    .where('status', 'in', slotStatuses)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
}

async function waitBehind(
  transaction: DatabaseTransaction,
  wait: { readonly id: string; readonly holder: string; readonly first: OldestDeployment; readonly isPatient: boolean },
): Promise<Outcome<undefined>> {
  if (wait.first.is_expired && !wait.isPatient) {
    const detail = `Deployment ${wait.first.number} of this environment comes first, and the process that carried it out is gone.`;
    return fail(diagnose('T7206', { detail }));
  }
  await transaction.updateTable('deployments').set({ lease_until: leaseUntil, holder: wait.holder }).where('id', '=', wait.id).execute();
  return succeed(undefined);
}

async function takeSlot(
  transaction: DatabaseTransaction,
  slot: { readonly id: string; readonly holder: string; readonly environment: string },
): Promise<Lease> {
  const { fence } = await transaction
    .updateTable('environments')
    .set({ fence: sql<string>`fence + 1` })
    .where('id', '=', slot.environment)
    .returning('fence')
    .executeTakeFirstOrThrow();
  const { attempts } = await transaction
    .updateTable('deployments')
    .set({
      fence,
      attempts: sql<number>`attempts + 1`,
      holder: slot.holder,
      lease_until: leaseUntil,
      started_at: sql<Date>`coalesce(started_at, now())`,
    })
    .where('id', '=', slot.id)
    .returning('attempts')
    .executeTakeFirstOrThrow();
  return { deployment: slot.id, fence: Number(fence), attempt: attempts };
}

export async function extendLease({ database }: RecordContext, lease: Lease): Promise<Outcome<{ readonly cancelledBy?: string }>> {
  const result = await database
    .updateTable('deployments')
    .set({ lease_until: leaseUntil })
    .where('id', '=', lease.deployment)
    .where('fence', '=', String(lease.fence))
    .where('status', 'in', openStatuses)
    .returning('cancelled_by')
    .executeTakeFirst();
  if (!result) return fail(lostLease());
  return succeed(result.cancelled_by === null ? {} : { cancelledBy: result.cancelled_by });
}

/** A process that stops on purpose is no failed attempt. */
export async function releaseLease({ database }: RecordContext, lease: Lease): Promise<Outcome<void>> {
  const result = await database
    .updateTable('deployments')
    .set({ lease_until: sql<Date>`now()`, attempts: sql<number>`attempts - 1` })
    .where('id', '=', lease.deployment)
    .where('fence', '=', String(lease.fence))
    .where('status', 'in', openStatuses)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n ? succeed(undefined) : fail(lostLease());
}

/** Locks the deployment's row for a fenced write; gives its environment, or says that the right is lost. */
export async function lockFenced(
  transaction: DatabaseTransaction,
  lease: Lease,
): Promise<Outcome<{ readonly environment: string; readonly project: string; readonly name: string; readonly number: number }>> {
  const row = await transaction
    .selectFrom('deployments')
    .innerJoin('environments', 'environments.id', 'deployments.environment')
    .select(['deployments.environment', 'deployments.number', 'environments.project', 'environments.name'])
    .where('deployments.id', '=', lease.deployment)
    .where('deployments.fence', '=', String(lease.fence))
    .where('environments.fence', '=', String(lease.fence))
    .where('deployments.status', 'in', openStatuses)
    .forUpdate('deployments')
    .executeTakeFirst();
  return row ? succeed(row) : fail(lostLease());
}

function lostLease(): Diagnostic {
  return diagnose('T7205', { detail: 'The lease of this deployment ended, and another process holds it now.' });
}

function endedAlready(status: string): Diagnostic {
  return diagnose('T7205', { detail: `This deployment has ended already: it is ${status}.` });
}
