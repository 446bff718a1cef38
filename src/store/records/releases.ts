import { fail, succeed, type Actor, type Outcome, type ReleaseRecord, type ReleaseStore, type TextFile } from '../../core/index.ts';
import { writeAudit, writeEvent, type RecordContext } from './context.ts';
import { missing } from './find-environment.ts';

const releaseLock = 7_270_119;

export function createReleaseStore(context: RecordContext): ReleaseStore {
  return {
    create: (input, actor) => createRelease(context, input, actor),
    list: () => listReleases(context),
    find: (number) => findRelease(context, number),
    files: (number) => loadFiles(context, number),
  };
}

async function createRelease(
  { database }: RecordContext,
  input: { readonly files: readonly TextFile[]; readonly digest: string },
  actor: Actor,
): Promise<Outcome<ReleaseRecord>> {
  return database.transaction().execute(async (transaction) => {
    await transaction.selectNoFrom((db) => db.fn('pg_advisory_xact_lock', [db.val(releaseLock)]).as('locked')).execute();
    const newest = await transaction
      .selectFrom('releases')
      .select(['number', 'digest', 'created_at', 'created_by'])
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (newest?.digest === input.digest) return succeed(toRecord(newest));
    const row = await transaction
      .insertInto('releases')
      .values({
        number: (newest?.number ?? 0) + 1,
        digest: input.digest,
        files: JSON.stringify(input.files),
        created_by: actor.name,
      })
      .returning(['number', 'digest', 'created_at', 'created_by'])
      .executeTakeFirstOrThrow();
    const subject = String(row.number);
    await writeAudit(transaction, { actor, action: 'release.create', subject, detail: { digest: input.digest } });
    await writeEvent(transaction, { type: 'release.created', data: { number: row.number } });
    return succeed(toRecord(row));
  });
}

async function listReleases({ database }: RecordContext): Promise<readonly ReleaseRecord[]> {
  const rows = await database
    .selectFrom('releases')
    .select(['number', 'digest', 'created_at', 'created_by'])
    .orderBy('number', 'desc')
    .execute();
  return rows.map(toRecord);
}

async function findRelease(context: RecordContext, number: number | undefined): Promise<Outcome<ReleaseRecord>> {
  const releases = await listReleases(context);
  const found = number === undefined ? releases[0] : releases.find((release) => release.number === number);
  if (found) return succeed(found);
  const what = number === undefined ? 'platform release' : `platform release ${number}`;
  return fail(
    missing(
      what,
      releases.map((release) => String(release.number)),
    ),
  );
}

async function loadFiles({ database }: RecordContext, number: number): Promise<Outcome<readonly TextFile[]>> {
  const row = await database.selectFrom('releases').select('files').where('number', '=', number).executeTakeFirst();
  return row ? succeed(row.files) : fail(missing(`platform release ${number}`));
}

function toRecord(row: { number: number; digest: string; created_at: Date; created_by: string }): ReleaseRecord {
  return {
    number: row.number,
    digest: row.digest,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
  };
}
