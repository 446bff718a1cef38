import { sql } from 'kysely';
import { describeObject, fail, succeed, type Actor, type EnvironmentRef, type EnvironmentStore, type Outcome } from '../../core/index.ts';
import { writeAudit, writeEvent, type RecordContext } from './context.ts';
import { findEnvironmentId, missing } from './find-environment.ts';

interface Acceptance {
  readonly ref: EnvironmentRef;
  readonly drift: Parameters<EnvironmentStore['acceptDrift']>[1];
  readonly actor: Actor;
}

/** Keeps which fields of an object are left to others; plans that were made before are stale from then on. */
export function acceptDrift({ database }: RecordContext, { ref, drift, actor }: Acceptance): Promise<Outcome<void>> {
  const { key, paths } = drift;
  return database.transaction().execute(async (transaction) => {
    const environment = await findEnvironmentId(transaction, ref);
    if (!environment.value) return { diagnostics: environment.diagnostics };
    const { id } = environment.value;
    const accepted = JSON.stringify([...paths]);
    const state = paths.length === 0 ? sql`state - 'accepted'` : sql`jsonb_set(state, '{accepted}', ${accepted}::jsonb)`;
    const changed = await transaction
      .updateTable('objects')
      .set({ state: sql<string>`${state}` })
      .where('environment', '=', id)
      .where('key', '=', key)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) return fail(missing(`object "${describeObject(key)}" in ${ref.project}/${ref.environment}`));
    await transaction
      .updateTable('environments')
      .set({ revision: sql<number>`revision + 1` })
      .where('id', '=', id)
      .execute();
    const subject = `${ref.project}/${ref.environment}`;
    await writeAudit(transaction, { actor, action: 'environment.accept-drift', subject, detail: { key, paths: [...paths] } });
    await writeEvent(transaction, { type: 'environment.accept-drift', ...ref, data: { key, paths: [...paths], by: actor.name } });
    return succeed(undefined);
  });
}
