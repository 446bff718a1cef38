import { diagnose, fail, succeed, type Diagnostic, type EnvironmentRef, type Outcome } from '../../core/index.ts';
import type { Database, DatabaseTransaction } from '../database.ts';

export interface EnvironmentId extends EnvironmentRef {
  readonly id: string;
}

/** Finds the row of an environment by its name; says what exists where there is none. */
export async function findEnvironmentId(database: Database | DatabaseTransaction, ref: EnvironmentRef): Promise<Outcome<EnvironmentId>> {
  const row = await database
    .selectFrom('environments')
    .select('id')
    .where('project', '=', ref.project)
    .where('name', '=', ref.environment)
    .executeTakeFirst();
  return row ? succeed({ ...ref, id: row.id }) : fail(await describeMissing(database, ref));
}

async function describeMissing(database: Database | DatabaseTransaction, ref: EnvironmentRef): Promise<Diagnostic> {
  const rows = await database.selectFrom('environments').select('name').where('project', '=', ref.project).orderBy('name').execute();
  return missing(
    `environment "${ref.environment}" in the project "${ref.project}"`,
    rows.map((row) => row.name),
  );
}

/** "There is no …", with the names that do exist. */
export function missing(what: string, known?: readonly string[]): Diagnostic {
  const list = known === undefined ? '' : describeKnown(known);
  return diagnose('T7201', { detail: `There is no ${what}.${list}` });
}

function describeKnown(known: readonly string[]): string {
  return known.length > 0 ? ` There are: ${known.slice(0, 20).join(', ')}.` : ' There is none yet.';
}
