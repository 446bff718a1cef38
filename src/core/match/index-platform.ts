import type { Criterion, Platform, Tier } from '../model/platform.ts';
import { compareText } from '../model/compare.ts';
import { workloadType } from '../model/uid.ts';
import { criterionKeys, findFailures, specificityOf, type Circumstances } from './criteria.ts';

/** One criterion of one document: what may win. */
export interface Candidate {
  readonly name: string;
  readonly tier: Tier;
  readonly criterion: Criterion;
  readonly digest: string;
  /** Of a provisioner file: the first that holds wins. */
  readonly order: number;
}

/** All that may answer one type, arranged so that a look-up does not depend on how many there are. */
export interface Family {
  readonly candidates: readonly Candidate[];
  /** `final`, then the tiers, but provisioner files. */
  readonly shelves: ReadonlyMap<string, Shelf>;
  /** Those of provisioner files, in their order. */
  readonly provisioners: readonly Candidate[];
}

/** Candidates of one tier and class, by what they set; the most specific first. At most 64 entries. */
type Shelf = Entry[];

interface Entry {
  readonly specificity: number;
  readonly keys: readonly (typeof criterionKeys)[number][];
  readonly byValues: Map<string, Candidate[]>;
}

export interface PlatformIndex {
  readonly families: ReadonlyMap<string, Family>;
}

/** Families that are no resource types. */
export const targetFamily = '@target';
export const secretStoreFamily = '@secretStore';

const indexes = new WeakMap<Platform, PlatformIndex>();
const tiers: readonly Tier[] = ['configured', 'provisioner', 'builtin'];

/** The index of a platform; built once for each. */
export function indexPlatform(platform: Platform): PlatformIndex {
  const known = indexes.get(platform);
  if (known) return known;
  const index = { families: buildFamilies(platform) };
  indexes.set(platform, index);
  return index;
}

interface Matchable {
  readonly name: string;
  readonly digest: string;
  readonly match: readonly Criterion[];
  readonly order?: number;
}

function buildFamilies(platform: Platform): ReadonlyMap<string, Family> {
  const candidates = new Map<string, Candidate[]>();
  const add = (family: string, tier: Tier, document: Matchable): void => {
    const list = candidates.get(family) ?? [];
    for (const criterion of document.match) {
      list.push({ name: document.name, digest: document.digest, tier, criterion, order: document.order ?? 0 });
    }
    candidates.set(family, list);
  };
  for (const definition of platform.definitions) add(definition.type, definition.tier, definition);
  for (const profile of platform.profiles) add(workloadType, profile.tier, profile);
  for (const target of platform.targets) add(targetFamily, 'configured', target);
  for (const store of platform.secretStores) add(secretStoreFamily, 'configured', store);
  return new Map([...candidates].map(([family, list]) => [family, buildFamily(list)]));
}

function buildFamily(unsorted: readonly Candidate[]): Family {
  const candidates = unsorted.toSorted(compareCandidates);
  const shelves = new Map<string, Shelf>();
  const provisioners = candidates.filter(({ tier }) => tier === 'provisioner').toSorted((left, right) => left.order - right.order);
  for (const candidate of candidates) {
    if (candidate.tier === 'provisioner') continue;
    const key = shelfOf(candidate);
    const shelf = shelves.get(key) ?? [];
    shelves.set(key, shelf);
    place(shelf, candidate);
  }
  return { candidates, shelves, provisioners };
}

function place(shelf: Shelf, candidate: Candidate): void {
  const specificity = specificityOf(candidate.criterion);
  let entry = shelf.find((each) => each.specificity === specificity);
  if (!entry) {
    const keys = criterionKeys.filter((key) => candidate.criterion[key] !== undefined);
    entry = { specificity, keys, byValues: new Map() };
    shelf.push(entry);
    shelf.sort((left, right) => right.specificity - left.specificity);
  }
  const values = valuesOf(entry.keys, candidate.criterion);
  entry.byValues.set(values, [...(entry.byValues.get(values) ?? []), candidate]);
}

function shelfOf({ criterion, tier }: Candidate): string {
  return criterion.isFinal ? 'final' : `${tier} ${criterion.class}`;
}

function valuesOf(keys: Entry['keys'], values: Circumstances): string {
  return keys.map((key) => values[key] ?? '').join('\n');
}

/** The candidate that wins: final ones, then tier by tier the most specific one that holds; of provisioner files the first that holds. */
export function findWinner(family: Family, circumstances: Circumstances, className: string): Candidate | undefined {
  const final = searchShelf(family.shelves.get('final'), circumstances);
  if (final) return final;
  for (const tier of tiers) {
    const found =
      tier === 'provisioner'
        ? family.provisioners.find(({ criterion }) => findFailures(criterion, circumstances, className).length === 0)
        : searchShelf(family.shelves.get(`${tier} ${className}`), circumstances);
    if (found) return found;
  }
  return undefined;
}

function searchShelf(shelf: Shelf | undefined, circumstances: Circumstances): Candidate | undefined {
  for (const entry of shelf ?? []) {
    const found = entry.byValues.get(valuesOf(entry.keys, circumstances))?.[0];
    if (found) return found;
  }
  return undefined;
}

/** Groups of criteria that no context can tell apart, each with more than one member. */
export function findTwins(family: Family): readonly (readonly Candidate[])[] {
  const entries = [...family.shelves.values()].flat();
  return entries.flatMap((entry) => [...entry.byValues.values()].filter((group) => group.length > 1));
}

/** Winners first: final, tier, class, specificity; then by name, so that the order of files plays no part. */
function compareCandidates(left: Candidate, right: Candidate): number {
  return (
    Number(right.criterion.isFinal) - Number(left.criterion.isFinal) ||
    tiers.indexOf(left.tier) - tiers.indexOf(right.tier) ||
    left.order - right.order ||
    specificityOf(right.criterion) - specificityOf(left.criterion) ||
    compareText(left.criterion.class, right.criterion.class) ||
    compareText(left.name, right.name) ||
    compareText(valuesOf(criterionKeys, left.criterion), valuesOf(criterionKeys, right.criterion))
  );
}
