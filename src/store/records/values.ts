import {
  fail,
  succeed,
  type Actor,
  type EnvironmentRef,
  type EnvironmentStore,
  type EnvironmentValue,
  type Outcome,
  type SecretValueStore,
} from '../../core/index.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { writeAudit, writeEvent, type RecordContext } from './context.ts';
import { findEnvironmentId, missing, type EnvironmentId } from './find-environment.ts';
import { checkKey } from './names.ts';

type ValueChange = Parameters<EnvironmentStore['setValues']>[1];

export async function listValues({ database }: RecordContext, ref: EnvironmentRef): Promise<Outcome<readonly EnvironmentValue[]>> {
  const found = await findEnvironmentId(database, ref);
  return found.value ? succeed(await selectCurrent(database, found.value.id)) : { diagnostics: found.diagnostics };
}

export async function changeValues(
  { database }: RecordContext,
  request: { readonly ref: EnvironmentRef; readonly change: ValueChange; readonly actor: Actor },
): Promise<Outcome<readonly EnvironmentValue[]>> {
  const { ref, change, actor } = request;
  const problems = Object.keys(change.set).flatMap((key) => checkKey(key));
  if (problems.length > 0) return fail(...problems);
  return database.transaction().execute(async (transaction) => {
    const found = await findEnvironmentId(transaction, ref);
    if (!found.value) return { diagnostics: found.diagnostics };
    const environment = found.value;
    await lockValues(transaction, environment.id);
    const current = await selectCurrent(transaction, environment.id);
    const unknown = change.unset.filter((key) => !current.some((value) => value.key === key));
    if (unknown.length > 0) return fail(...unknown.map((key) => missingValue(ref, key, current)));
    for (const [key, value] of Object.entries(change.set)) {
      const isSame = current.some((each) => each.key === key && each.value === value);
      if (!isSame) await insertVersion(transaction, { environment, key, actor, value });
    }
    for (const key of change.unset) await insertVersion(transaction, { environment, key, actor });
    await recordChange(transaction, { environment, actor, keys: [...Object.keys(change.set), ...change.unset] });
    return succeed(await selectCurrent(transaction, environment.id));
  });
}

export function createSecretStore(context: RecordContext): SecretValueStore {
  return {
    set: (ref, input, actor) => setSecret(context, { ref, ...input, actor }),
    unset: async (ref, key, actor) => {
      const outcome = await changeValues(context, { ref, change: { set: {}, unset: [key] }, actor });
      return outcome.value ? succeed(undefined) : { diagnostics: outcome.diagnostics };
    },
    reveal: (ref, secret) => revealSecret(context, ref, secret),
    hash: (value) => context.keyring.hash(value),
  };
}

async function setSecret(
  { database, keyring }: RecordContext,
  input: { readonly ref: EnvironmentRef; readonly key: string; readonly value: string; readonly actor: Actor },
): Promise<Outcome<EnvironmentValue>> {
  const problems = checkKey(input.key);
  if (problems.length > 0) return fail(...problems);
  return database.transaction().execute(async (transaction) => {
    const found = await findEnvironmentId(transaction, input.ref);
    if (!found.value) return { diagnostics: found.diagnostics };
    const environment = found.value;
    await lockValues(transaction, environment.id);
    const hash = keyring.hash(input.value);
    const current = await selectCurrent(transaction, environment.id);
    const same = current.find((value) => value.key === input.key && value.hash === hash);
    if (same) return succeed(same);
    const version = await nextVersion(transaction, environment.id, input.key);
    const secret = keyring.seal(input.value, secretPlace(environment.id, input.key, version));
    await insertVersion(transaction, { environment, key: input.key, actor: input.actor, secret, hash });
    await recordChange(transaction, { environment, actor: input.actor, keys: [input.key] });
    const made = (await selectCurrent(transaction, environment.id)).find((value) => value.key === input.key);
    return made ? succeed(made) : fail(missingValue(input.ref, input.key, []));
  });
}

async function revealSecret(
  { database, keyring }: RecordContext,
  ref: EnvironmentRef,
  { key, version }: { readonly key: string; readonly version: number },
): Promise<Outcome<string>> {
  const found = await findEnvironmentId(database, ref);
  if (!found.value) return { diagnostics: found.diagnostics };
  const row = await database
    .selectFrom('environment_values')
    .select('secret')
    .where('environment', '=', found.value.id)
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row?.secret) return fail(missing(`version ${version} of the secret "${key}"`));
  return succeed(keyring.open(row.secret, secretPlace(found.value.id, key, version)));
}

function secretPlace(environment: string, key: string, version: number): readonly string[] {
  return ['environment_values', environment, key, String(version)];
}

/** One change of an environment's settings at a time, so that versions are without gaps and nothing is lost. */
async function lockValues(transaction: DatabaseTransaction, environment: string): Promise<void> {
  await transaction.selectFrom('environments').select('id').where('id', '=', environment).forUpdate().execute();
}

async function selectCurrent(database: Database | DatabaseTransaction, environment: string): Promise<readonly EnvironmentValue[]> {
  const rows = await database
    .selectFrom('environment_values')
    .distinctOn('key')
    .selectAll()
    .where('environment', '=', environment)
    .orderBy('key')
    .orderBy('version', 'desc')
    .execute();
  return rows
    .filter((row) => row.value !== null || row.secret !== null)
    .map((row) => ({
      key: row.key,
      ...(row.value !== null && { value: row.value }),
      ...(row.hash !== null && { hash: row.hash }),
      version: row.version,
      changedAt: row.changed_at.toISOString(),
      changedBy: row.changed_by,
    }))
    .toSorted((left, right) => (left.key < right.key ? -1 : 1));
}

async function nextVersion(transaction: DatabaseTransaction, environment: string, key: string): Promise<number> {
  const row = await transaction
    .selectFrom('environment_values')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('environment', '=', environment)
    .where('key', '=', key)
    .executeTakeFirst();
  return (row?.version ?? 0) + 1;
}

interface NewVersion {
  readonly environment: EnvironmentId;
  readonly key: string;
  readonly actor: Actor;
  readonly value?: string;
  readonly secret?: Buffer;
  readonly hash?: string;
}

async function insertVersion(transaction: DatabaseTransaction, input: NewVersion): Promise<void> {
  await transaction
    .insertInto('environment_values')
    .values({
      environment: input.environment.id,
      key: input.key,
      version: await nextVersion(transaction, input.environment.id, input.key),
      value: input.value ?? null,
      secret: input.secret ?? null,
      hash: input.hash ?? null,
      changed_by: input.actor.name,
    })
    .execute();
}

async function recordChange(
  transaction: DatabaseTransaction,
  change: { readonly environment: EnvironmentId; readonly actor: Actor; readonly keys: readonly string[] },
): Promise<void> {
  const { project, environment } = change.environment;
  const subject = `${project}/${environment}`;
  const detail = { keys: change.keys };
  await writeAudit(transaction, { actor: change.actor, action: 'values.change', subject, detail });
  await writeEvent(transaction, { type: 'values.changed', project, environment, data: detail });
}

function missingValue(ref: EnvironmentRef, key: string, current: readonly EnvironmentValue[]) {
  return missing(
    `setting "${key}" in ${ref.project}/${ref.environment}`,
    current.map((value) => value.key),
  );
}
