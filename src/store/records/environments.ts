import { sql } from 'kysely';
import {
  diagnose,
  emptyState,
  fail,
  succeed,
  type Actor,
  type EnvironmentRecord,
  type EnvironmentRef,
  type EnvironmentState,
  type EnvironmentStore,
  type Outcome,
} from '../../core/index.ts';
import type { DatabaseTransaction } from '../database.ts';
import { writeAudit, writeEvent, type RecordContext } from './context.ts';
import { findEnvironmentId, missing } from './find-environment.ts';
import { checkName } from './names.ts';
import { acceptDrift } from './accept-drift.ts';
import { importState } from './import-state.ts';
import { changeValues, listValues } from './values.ts';

type NewEnvironment = Parameters<EnvironmentStore['create']>[0];

export function createEnvironmentStore(context: RecordContext): EnvironmentStore {
  return {
    create: (input, actor) => createEnvironment(context, input, actor),
    list: (project) => listEnvironments(context, project),
    find: (ref) => findEnvironment(context, ref),
    loadState: (ref) => loadState(context, ref),
    values: (ref) => listValues(context, ref),
    setValues: (ref, change, actor) => changeValues(context, { ref, change, actor }),
    importState: (ref, imported, actor) => importState(context, { ref, imported, actor }),
    acceptDrift: (ref, drift, actor) => acceptDrift(context, { ref, drift, actor }),
    noteAction: (ref, action, actor) => noteAction(context, { ref, action, actor }),
    delete: (ref, actor) => deleteEnvironment(context, ref, actor),
  };
}

interface NotedAction {
  readonly ref: EnvironmentRef;
  readonly action: Parameters<EnvironmentStore['noteAction']>[1];
  readonly actor: Actor;
}

function noteAction({ database }: RecordContext, { ref, action, actor }: NotedAction): Promise<Outcome<void>> {
  return database.transaction().execute(async (transaction) => {
    const environment = await findEnvironmentId(transaction, ref);
    if (!environment.value) return { diagnostics: environment.diagnostics };
    const subject = `${ref.project}/${ref.environment}`;
    await writeAudit(transaction, { actor, action: `environment.${action.name}`, subject, detail: action.detail });
    await writeEvent(transaction, { type: `environment.${action.name}`, ...ref, data: { ...action.detail, by: actor.name } });
    return succeed(undefined);
  });
}

async function createEnvironment({ database }: RecordContext, input: NewEnvironment, actor: Actor): Promise<Outcome<EnvironmentRecord>> {
  const problems = checkName('environment', input.environment);
  if (problems.length > 0) return fail(...problems);
  return database.transaction().execute(async (transaction) => {
    const project = await transaction.selectFrom('projects').select('name').where('name', '=', input.project).forShare().executeTakeFirst();
    if (!project) return fail(missing(`project "${input.project}"`));
    return insertEnvironment(transaction, input, actor);
  });
}

async function insertEnvironment(
  transaction: DatabaseTransaction,
  input: NewEnvironment,
  actor: Actor,
): Promise<Outcome<EnvironmentRecord>> {
  const release = await newestRelease(transaction);
  if (release === undefined) {
    return fail(diagnose('T7207', { detail: 'Apply a platform configuration before the first environment is made.' }));
  }
  const exists = await transaction
    .selectFrom('environments')
    .select('id')
    .where('project', '=', input.project)
    .where('name', '=', input.environment)
    .executeTakeFirst();
  if (exists) {
    const detail = `The project "${input.project}" has an environment "${input.environment}" already.`;
    return fail(diagnose('T7202', { detail }));
  }
  const row = await transaction
    .insertInto('environments')
    .values({
      project: input.project,
      name: input.environment,
      type: input.type,
      incarnation: await countIncarnation(transaction, input),
      release,
      labels: JSON.stringify(input.labels ?? {}),
      target: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const subject = `${input.project}/${input.environment}`;
  await writeAudit(transaction, { actor, action: 'environment.create', subject, detail: { type: input.type } });
  await writeEvent(transaction, {
    type: 'environment.created',
    project: input.project,
    environment: input.environment,
  });
  return succeed(toRecord(row));
}

async function newestRelease(transaction: DatabaseTransaction): Promise<number | undefined> {
  const row = await transaction.selectFrom('releases').select('number').orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row?.number;
}

async function countIncarnation(transaction: DatabaseTransaction, ref: EnvironmentRef): Promise<number> {
  const row = await transaction
    .insertInto('environment_names')
    .values({ project: ref.project, name: ref.environment, incarnation: 1 })
    .onConflict((conflict) =>
      conflict.columns(['project', 'name']).doUpdateSet({ incarnation: sql<number>`environment_names.incarnation + 1` }),
    )
    .returning('incarnation')
    .executeTakeFirstOrThrow();
  return row.incarnation;
}

async function listEnvironments({ database }: RecordContext, project: string): Promise<Outcome<readonly EnvironmentRecord[]>> {
  const known = await database.selectFrom('projects').select('name').where('name', '=', project).executeTakeFirst();
  if (!known) {
    const names = await database.selectFrom('projects').select('name').orderBy('name').execute();
    return fail(
      missing(
        `project "${project}"`,
        names.map((each) => each.name),
      ),
    );
  }
  const rows = await database.selectFrom('environments').selectAll().where('project', '=', project).orderBy('id').execute();
  return succeed(rows.map(toRecord));
}

async function findEnvironment(context: RecordContext, ref: EnvironmentRef): Promise<Outcome<EnvironmentRecord>> {
  const found = await findEnvironmentId(context.database, ref);
  if (!found.value) return { diagnostics: found.diagnostics };
  const row = await context.database.selectFrom('environments').selectAll().where('id', '=', found.value.id).executeTakeFirst();
  return row ? succeed(toRecord(row)) : fail(missing(`environment "${ref.environment}"`));
}

/** One consistent view: all parts are read in one repeatable-read transaction. */
async function loadState({ database }: RecordContext, ref: EnvironmentRef): Promise<Outcome<EnvironmentState>> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const found = await findEnvironmentId(transaction, ref);
      if (!found.value) return { diagnostics: found.diagnostics };
      const { id } = found.value;
      const environment = await transaction
        .selectFrom('environments')
        .select(['revision', 'target', 'shared', 'imported'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const resources = await transaction.selectFrom('resources').select(['uid', 'state']).where('environment', '=', id).execute();
      const workloads = await transaction.selectFrom('workloads').select(['name', 'state']).where('environment', '=', id).execute();
      const objects = await transaction.selectFrom('objects').select(['key', 'state']).where('environment', '=', id).execute();
      return succeed({
        ...emptyState,
        revision: environment.revision,
        ...(environment.target && { target: environment.target }),
        shared: environment.shared,
        imported: environment.imported,
        resources: Object.fromEntries(resources.map((row) => [row.uid, row.state])),
        workloads: Object.fromEntries(workloads.map((row) => [row.name, row.state])),
        objects: Object.fromEntries(objects.map((row) => [row.key, row.state])),
      });
    });
}

async function deleteEnvironment({ database }: RecordContext, ref: EnvironmentRef, actor: Actor): Promise<Outcome<void>> {
  return database.transaction().execute(async (transaction) => {
    const found = await findEnvironmentId(transaction, ref);
    if (!found.value) return { diagnostics: found.diagnostics };
    const { id } = found.value;
    const rest = await listRest(transaction, id);
    if (rest.length > 0) {
      const detail = `The environment "${ref.environment}" still has ${rest.slice(0, 5).join(', ')}${rest.length > 5 ? ' and more' : ''}. Remove its workloads and retained resources first.`;
      return fail(diagnose('T7203', { detail }));
    }
    await transaction.deleteFrom('environments').where('id', '=', id).execute();
    await writeAudit(transaction, {
      actor,
      action: 'environment.delete',
      subject: `${ref.project}/${ref.environment}`,
    });
    await writeEvent(transaction, { type: 'environment.deleted', ...ref });
    return succeed(undefined);
  });
}

async function listRest(transaction: DatabaseTransaction, id: string): Promise<readonly string[]> {
  const workloads = await transaction.selectFrom('workloads').select('name').where('environment', '=', id).execute();
  const resources = await transaction.selectFrom('resources').select('uid').where('environment', '=', id).execute();
  const objects = await transaction.selectFrom('objects').select('key').where('environment', '=', id).execute();
  return [
    ...workloads.map((row) => `the workload ${row.name}`),
    ...resources.map((row) => `the resource ${row.uid}`),
    ...objects.map((row) => `the object ${row.key}`),
  ];
}

interface EnvironmentColumns {
  readonly project: string;
  readonly name: string;
  readonly type: string;
  readonly incarnation: number;
  readonly release: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly identity: string;
  readonly created_at: Date;
}

function toRecord(row: EnvironmentColumns): EnvironmentRecord {
  return {
    project: row.project,
    environment: row.name,
    type: row.type,
    incarnation: row.incarnation,
    release: row.release,
    labels: row.labels,
    identity: row.identity,
    createdAt: row.created_at.toISOString(),
  };
}
