import { diagnose, fail, succeed, type Actor, type Outcome, type ProjectRecord, type ProjectStore } from '../../core/index.ts';
import { checkName } from './names.ts';
import { missing } from './find-environment.ts';
import { writeAudit, writeEvent, type RecordContext } from './context.ts';

export function createProjectStore(context: RecordContext): ProjectStore {
  return {
    create: (input, actor) => createProject(context, input, actor),
    list: () => listProjects(context),
    find: (name) => findProject(context, name),
    delete: (name, actor) => deleteProject(context, name, actor),
  };
}

async function createProject(
  { database }: RecordContext,
  input: { readonly name: string; readonly displayName?: string },
  actor: Actor,
): Promise<Outcome<ProjectRecord>> {
  const problems = checkName('project', input.name);
  if (problems.length > 0) return fail(...problems);
  return database.transaction().execute(async (transaction) => {
    const row = await transaction
      .insertInto('projects')
      .values({ name: input.name, display_name: input.displayName ?? null })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) return fail(diagnose('T7202', { detail: `There is a project "${input.name}" already.` }));
    await writeAudit(transaction, { actor, action: 'project.create', subject: input.name });
    await writeEvent(transaction, { type: 'project.created', project: input.name });
    return succeed(toRecord(row));
  });
}

async function listProjects({ database }: RecordContext): Promise<readonly ProjectRecord[]> {
  const rows = await database.selectFrom('projects').selectAll().orderBy('name').execute();
  return rows.map(toRecord);
}

async function findProject(context: RecordContext, name: string): Promise<Outcome<ProjectRecord>> {
  const row = await context.database.selectFrom('projects').selectAll().where('name', '=', name).executeTakeFirst();
  if (row) return succeed(toRecord(row));
  const known = await listProjects(context);
  return fail(
    missing(
      `project "${name}"`,
      known.map((each) => each.name),
    ),
  );
}

async function deleteProject({ database }: RecordContext, name: string, actor: Actor): Promise<Outcome<void>> {
  return database.transaction().execute(async (transaction) => {
    const environments = await transaction.selectFrom('environments').select('name').where('project', '=', name).orderBy('name').execute();
    if (environments.length > 0) {
      const names = environments.map((each) => each.name).join(', ');
      return fail(diagnose('T7203', { detail: `The project "${name}" still has the environments ${names}.` }));
    }
    const gone = await transaction.deleteFrom('projects').where('name', '=', name).executeTakeFirst();
    if (gone.numDeletedRows === 0n) return fail(missing(`project "${name}"`));
    await writeAudit(transaction, { actor, action: 'project.delete', subject: name });
    return succeed(undefined);
  });
}

function toRecord(row: { name: string; display_name: string | null; created_at: Date }): ProjectRecord {
  return {
    name: row.name,
    ...(row.display_name !== null && { displayName: row.display_name }),
    createdAt: row.created_at.toISOString(),
  };
}
