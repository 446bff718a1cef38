import { parseUid, invariant, succeed, type EnvironmentRef, type Outcome, type SeedRecord, type SeedStore } from '../../core/index.ts';
import type { RecordContext } from './context.ts';
import { findEnvironmentId } from './find-environment.ts';

export function createSeedStore(context: RecordContext): SeedStore {
  return {
    load: (ref) => loadSeeds(context, ref),
    reserve: (ref, seeds) => reserveSeeds(context, ref, seeds),
  };
}

async function loadSeeds({ database, keyring }: RecordContext, ref: EnvironmentRef): Promise<Outcome<readonly SeedRecord[]>> {
  const found = await findEnvironmentId(database, ref);
  if (!found.value) return { diagnostics: found.diagnostics };
  const { id } = found.value;
  const rows = await database.selectFrom('seeds').selectAll().where('environment', '=', id).execute();
  return succeed(
    rows.map((row) => {
      const uid = parseUid(row.uid);
      invariant(uid, `the seed of ${row.uid} names a resource`);
      return {
        uid,
        name: row.name,
        seed: keyring.open(row.secret, seedPlace(id, row.uid, row.name)),
        specification: row.specification,
        algorithm: row.algorithm,
      };
    }),
  );
}

async function reserveSeeds(
  context: RecordContext,
  ref: EnvironmentRef,
  seeds: readonly SeedRecord[],
): Promise<Outcome<readonly SeedRecord[]>> {
  const found = await findEnvironmentId(context.database, ref);
  if (!found.value) return { diagnostics: found.diagnostics };
  const { id } = found.value;
  await insertSeeds(context.database, context.keyring, { environment: id, seeds });
  return loadSeeds(context, ref);
}

/** Keeps those that are new. */
export async function insertSeeds(
  database: Pick<RecordContext['database'], 'insertInto'>,
  keyring: RecordContext['keyring'],
  { environment, seeds }: { readonly environment: string; readonly seeds: readonly SeedRecord[] },
): Promise<void> {
  if (seeds.length === 0) return;
  await database
    .insertInto('seeds')
    .values(
      seeds.map((seed) => ({
        environment,
        uid: seed.uid,
        name: seed.name,
        secret: keyring.seal(seed.seed, seedPlace(environment, seed.uid, seed.name)),
        specification: JSON.stringify(seed.specification),
        algorithm: seed.algorithm,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function seedPlace(environment: string, uid: string, name: string): readonly string[] {
  return ['seeds', environment, uid, name];
}
