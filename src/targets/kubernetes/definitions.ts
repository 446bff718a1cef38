import { isValueObject, type RenderedObject, type TargetRequest, type Value } from '../../core/index.ts';
import { addressOf } from './addresses.ts';
import { mapAtOnce } from './at-once.ts';
import type { Address, Cluster } from './cluster.ts';
import { listOf, mapOf, textOf } from './fields.ts';

const definitionKind = 'CustomResourceDefinition';
const readsAtOnce = 16;

/** Says whether an object defines kinds: what is of them can only be applied when it is established. */
export function isDefinition({ key, body }: RenderedObject): boolean {
  return addressOf(key, body).kind === definitionKind;
}

/** A kind in a version, as text. */
export function nameKind({ apiVersion, kind }: Pick<Address, 'apiVersion' | 'kind'>): string {
  return `${apiVersion}/${kind}`;
}

/** Kinds that the cluster has only when the given objects are applied: nothing can be asked about objects of them. */
export async function listComingKinds(
  cluster: Cluster,
  { signal }: TargetRequest,
  objects: readonly RenderedObject[],
): Promise<ReadonlySet<string>> {
  const definitions = objects.filter(isDefinition);
  const coming = await mapAtOnce(definitions, readsAtOnce, async ({ key, body }) => {
    const found = await cluster.get(addressOf(key, body), signal);
    const versions = found.kind === 'ok' ? listOf(mapOf(found.live['spec'])['versions']).map(mapOf) : [];
    const served = new Set(versions.filter((each) => each['served'] === true).map(({ name }) => textOf(name)));
    return listKinds(body).filter(({ version }) => !served.has(version));
  });
  return new Set(coming.flat().map(({ group, version, kind }) => nameKind({ apiVersion: `${group}/${version}`, kind })));
}

interface DefinedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

function listKinds({ spec }: RenderedObject['body']): readonly DefinedKind[] {
  const { group, names, versions } = isValueObject(spec) ? spec : {};
  const kind = isValueObject(names) ? plain(names['kind']) : '';
  const list: readonly Value[] = Array.isArray(versions) ? versions : [];
  return list.filter(isValueObject).map(({ name }) => ({ group: plain(group), version: plain(name), kind }));
}

function plain(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}
