import type { StepResult } from '../../core/index.ts';
import type { DatabaseTransaction } from '../database.ts';

/** Writes the part of an environment's state that a step leads to; `null` removes. */
export async function saveStateChange(transaction: DatabaseTransaction, environment: string, step: StepResult): Promise<void> {
  await saveResources(transaction, environment, step.resources ?? {});
  await saveWorkloads(transaction, environment, step.workloads ?? {});
  await saveObjects(transaction, environment, step.objects ?? {});
  if (step.shared) await saveShared(transaction, environment, step.shared);
}

async function saveShared(transaction: DatabaseTransaction, environment: string, shared: NonNullable<StepResult['shared']>): Promise<void> {
  await transaction
    .updateTable('environments')
    .set({ shared: JSON.stringify(shared) })
    .where('id', '=', environment)
    .execute();
}

async function saveResources(
  transaction: DatabaseTransaction,
  environment: string,
  changes: NonNullable<StepResult['resources']>,
): Promise<void> {
  const { kept, gone } = splitChanges(changes);
  if (gone.length > 0) {
    await transaction.deleteFrom('resources').where('environment', '=', environment).where('uid', 'in', gone).execute();
  }
  if (kept.length === 0) return;
  await transaction
    .insertInto('resources')
    .values(kept.map(([uid, state]) => ({ environment, uid, state: JSON.stringify(state) })))
    .onConflict((conflict) => conflict.columns(['environment', 'uid']).doUpdateSet(({ ref }) => ({ state: ref('excluded.state') })))
    .execute();
}

async function saveWorkloads(
  transaction: DatabaseTransaction,
  environment: string,
  changes: NonNullable<StepResult['workloads']>,
): Promise<void> {
  const { kept, gone } = splitChanges(changes);
  if (gone.length > 0) {
    await transaction.deleteFrom('workloads').where('environment', '=', environment).where('name', 'in', gone).execute();
  }
  if (kept.length === 0) return;
  await transaction
    .insertInto('workloads')
    .values(kept.map(([name, state]) => ({ environment, name, state: JSON.stringify(state) })))
    .onConflict((conflict) => conflict.columns(['environment', 'name']).doUpdateSet(({ ref }) => ({ state: ref('excluded.state') })))
    .execute();
}

async function saveObjects(
  transaction: DatabaseTransaction,
  environment: string,
  changes: NonNullable<StepResult['objects']>,
): Promise<void> {
  const { kept, gone } = splitChanges(changes);
  if (gone.length > 0) {
    await transaction.deleteFrom('objects').where('environment', '=', environment).where('key', 'in', gone).execute();
  }
  if (kept.length === 0) return;
  await transaction
    .insertInto('objects')
    .values(kept.map(([key, state]) => ({ environment, key, state: JSON.stringify(state) })))
    .onConflict((conflict) => conflict.columns(['environment', 'key']).doUpdateSet(({ ref }) => ({ state: ref('excluded.state') })))
    .execute();
}

interface SplitChanges<T> {
  readonly kept: readonly (readonly [string, T])[];
  readonly gone: readonly string[];
}

function splitChanges<T>(changes: Readonly<Record<string, T | null>>): SplitChanges<T> {
  const kept: (readonly [string, T])[] = [];
  const gone: string[] = [];
  for (const [key, state] of Object.entries(changes)) {
    if (state === null) gone.push(key);
    else kept.push([key, state]);
  }
  return { kept, gone };
}
