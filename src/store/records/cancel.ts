import { sql } from 'kysely';
import {
  diagnose,
  fail,
  hasEnded,
  succeed,
  type Actor,
  type DeploymentRecord,
  type EnvironmentRef,
  type Outcome,
} from '../../core/index.ts';
import { writeAudit, writeEvent, type RecordContext } from './context.ts';
import { columnsOfRecord, toRecord } from './deployment-row.ts';
import { findEnvironmentId, missing } from './find-environment.ts';

export interface Cancellation {
  readonly ref: EnvironmentRef;
  readonly number: number;
  readonly actor: Actor;
}

/**
 * Asks for a deployment to be ended; one that nobody has begun ends at once.
 * Reports: T7201, T7211.
 */
export function cancelDeployment({ database }: RecordContext, { ref, number, actor }: Cancellation): Promise<Outcome<DeploymentRecord>> {
  return database.transaction().execute(async (transaction) => {
    const environment = await findEnvironmentId(transaction, ref);
    if (!environment.value) return { diagnostics: environment.diagnostics };
    const subject = `${ref.project}/${ref.environment}#${number}`;
    const found = await transaction
      .selectFrom('deployments')
      .select(['id', 'status', 'fence'])
      .where('environment', '=', environment.value.id)
      .where('number', '=', number)
      .forUpdate()
      .executeTakeFirst();
    if (!found) return fail(missing(`deployment ${number} of ${ref.project}/${ref.environment}`));
    const { id, status, fence } = found;
    if (hasEnded(status)) {
      return fail(
        diagnose('T7211', { detail: `Deployment ${number} of ${ref.project}/${ref.environment} has ended already: it is ${status}.` }),
      );
    }
    const isBegun = fence !== null;
    const end = isBegun ? {} : { status: 'cancelled' as const, finished_at: sql<Date>`now()` };
    await transaction
      .updateTable('deployments')
      .set({ cancelled_by: actor.name, ...end })
      .where('id', '=', id)
      .execute();
    await writeAudit(transaction, { actor, action: 'deployment.cancel', subject, detail: {} });
    const type = isBegun ? 'deployment.cancel' : 'deployment.status';
    await writeEvent(transaction, {
      type,
      ...ref,
      deployment: id,
      data: isBegun ? { number, by: actor.name } : { number, status: 'cancelled' },
    });
    return succeed(toRecord(await columnsOfRecord(transaction).where('deployments.id', '=', id).executeTakeFirstOrThrow()));
  });
}
