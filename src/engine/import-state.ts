import {
  diagnose,
  hasErrors,
  isSecretName,
  makeUid,
  type Actor,
  type Diagnostic,
  type EnvironmentRef,
  type ImportedResource,
  type Json,
  type JsonObject,
  type Outcome,
  type ScoreState,
  type SeedRecord,
  type Uid,
  type Value,
  type ValueObject,
} from '../core/index.ts';
import type { EngineDependencies } from './dependencies.ts';
import { makeLiteral, openSeedBook, type SeedBook } from './seeds.ts';

/** What was taken over, and what was not. */
export interface ImportedState {
  readonly taken: readonly Uid[];
  /** Resources that are deployed already: what they have stands. */
  readonly left: readonly Uid[];
}

/** What belongs to no single resource is kept under this one. */
const sharedNode = makeUid({ type: '@shared', id: 'own' });

/**
 * Takes over what a project of the Score tools remembers, before its resources are deployed for the first time.
 * Rule: a generated value gets the imported one of its name, a Score provisioner its state, its shared state and its guid; a resource that is
 * deployed already keeps what it has. Passwords are kept as all secrets are.
 * Reports: T7210, T72xx.
 */
export async function importState(
  { store, random }: Pick<EngineDependencies, 'store' | 'random'>,
  ref: EnvironmentRef,
  { state: imported, actor }: { readonly state: ScoreState; readonly actor: Actor },
): Promise<Outcome<ImportedState>> {
  const [current, kept] = [await store.environments.loadState(ref), await store.seeds.load(ref)];
  const problems = [...current.diagnostics, ...kept.diagnostics];
  if (!current.value || !kept.value || hasErrors(problems)) return { diagnostics: problems };
  const deployed = current.value.resources;
  const [left, taken] = partition(Object.keys(imported.resources), (uid) => Object.hasOwn(deployed, uid));
  const seeds = openSeedBook({
    kept: kept.value,
    identity: [ref.project, ref.environment],
    newSeed: () => random.hex(32),
    hash: store.secrets.hash,
  });
  const uids = listUids(imported, new Set(taken));
  const resources = Object.fromEntries(uids.map((uid) => [uid, describeResource(uid, imported, seeds)]));
  const shared = sealNamed(imported.shared, sharedNode, seeds);
  const literals = uids.flatMap((uid) => listLiterals(uid, imported));
  const saved = await store.environments.importState(
    ref,
    { resources, shared: isMap(shared) ? shared : {}, seeds: [...seeds.added(), ...literals] },
    actor,
  );
  const diagnostics: Diagnostic[] = [...saved.diagnostics, ...left.map(describeLeft)];
  if (hasErrors(saved.diagnostics)) return { diagnostics };
  return { value: { taken: uids, left: listUids(imported, new Set(left)) }, diagnostics };
}

function partition(names: readonly string[], isFirst: (name: string) => boolean): readonly [readonly string[], readonly string[]] {
  return [names.filter(isFirst), names.filter((name) => !isFirst(name))];
}

function listUids({ resources }: ScoreState, wanted: ReadonlySet<string>): readonly Uid[] {
  return Object.entries(resources).flatMap(([name, { uid }]) => (wanted.has(name) ? [uid] : []));
}

function describeLeft(uid: string): Diagnostic {
  return diagnose('T7210', { detail: `${uid} is deployed already; nothing was taken over for it.` });
}

function describeResource(uid: Uid, { resources }: ScoreState, seeds: SeedBook): ImportedResource {
  const resource = resources[uid];
  const state = sealNamed(resource?.state ?? {}, uid, seeds);
  return { state: isMap(state) ? state : {}, ...(resource?.guid !== undefined && { guid: resource.guid }) };
}

/** Texts whose key says that they are secret are sealed; the rest is plain. */
function sealNamed(value: Json, uid: Uid, seeds: SeedBook, key = ''): Value {
  if (typeof value === 'string') return isSecretName(key) && value !== '' ? seeds.seal(uid, value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((each) => sealNamed(each, uid, seeds, key));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, sealNamed(each, uid, seeds, name)]));
}

/** A value for each name that a definition may generate: what the resource offered, else what it remembered. */
function listLiterals(uid: Uid, { resources }: ScoreState): readonly SeedRecord[] {
  const { state = {}, outputs = {} } = resources[uid] ?? {};
  const values = Object.entries({ ...textsOf(outputs), ...textsOf(state) });
  return values.map(([name, text]) => makeLiteral(uid, name, { text, isSecret: isSecretName(name) }));
}

/** A reference to a Secret is no value. */
function textsOf(map: JsonObject): Readonly<Record<string, string>> {
  const texts = Object.entries(map).flatMap(([key, value]) =>
    typeof value === 'string' && !value.includes('💬') ? [[key, value] as const] : [],
  );
  return Object.fromEntries(texts);
}

function isMap(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
