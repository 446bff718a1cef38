import { succeed, type Actor, type EnvironmentRef, type EnvironmentStore, type Outcome } from '../../core/index.ts';
import { writeAudit, writeEvent, type RecordContext } from './context.ts';
import { findEnvironmentId } from './find-environment.ts';
import { insertSeeds } from './seeds.ts';

interface Import {
  readonly ref: EnvironmentRef;
  readonly imported: Parameters<EnvironmentStore['importState']>[1];
  readonly actor: Actor;
}

/** Keeps what other tools knew, with its seeds and its audit row, in one transaction. */
export async function importState(context: RecordContext, { ref, imported, actor }: Import): Promise<Outcome<void>> {
  return context.database.transaction().execute(async (transaction) => {
    const found = await findEnvironmentId(transaction, ref);
    if (!found.value) return { diagnostics: found.diagnostics };
    const { id } = found.value;
    const row = await transaction
      .selectFrom('environments')
      .select(['imported', 'shared'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await insertSeeds(transaction, context.keyring, { environment: id, seeds: imported.seeds });
    await transaction
      .updateTable('environments')
      .set({
        imported: JSON.stringify({ ...row.imported, ...imported.resources }),
        // What is shared by resources that are deployed here stands.
        shared: JSON.stringify({ ...imported.shared, ...row.shared }),
      })
      .where('id', '=', id)
      .execute();
    const subject = `${ref.project}/${ref.environment}`;
    await writeAudit(transaction, { actor, action: 'environment.import', subject, detail: { resources: Object.keys(imported.resources) } });
    await writeEvent(transaction, { type: 'environment.imported', project: ref.project, environment: ref.environment });
    return succeed(undefined);
  });
}
