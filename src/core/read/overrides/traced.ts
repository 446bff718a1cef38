import type { Place } from '../../diagnostics/diagnostic.ts';
import type { Json } from '../../model/value.ts';

/** Where a value was written: in a file, or in the override property of a number. */
export type WrittenAt = { readonly kind: 'file'; readonly place: Place } | { readonly kind: 'property'; readonly index: number };

/** Data that knows of each value where it was written. Overriding changes it in place, so that its cost does not grow with the document. */
export type Traced = TracedScalar | TracedMap | TracedList;

interface TracedScalar {
  readonly kind: 'scalar';
  readonly at: WrittenAt;
  readonly value: null | boolean | number | string;
}

export interface TracedMap {
  readonly kind: 'map';
  readonly at: WrittenAt;
  readonly members: Map<string, Traced>;
  /** Keys that were taken away, and by what. */
  readonly removed: Map<string, WrittenAt>;
}

export interface TracedList {
  readonly kind: 'list';
  readonly at: WrittenAt;
  readonly items: Traced[];
}

/** Data as it stands in one place: what is within it stands there too, in a file below its own path. */
export function trace(value: Json, at: WrittenAt): Traced {
  if (isList(value)) return { kind: 'list', at, items: value.map((item, index) => trace(item, stepDown(at, index))) };
  if (typeof value === 'object' && value !== null) {
    const members = new Map(Object.entries(value).map(([key, member]) => [key, trace(member, stepDown(at, key))]));
    return { kind: 'map', at, members, removed: new Map() };
  }
  return { kind: 'scalar', at, value };
}

function stepDown(at: WrittenAt, step: string | number): WrittenAt {
  if (at.kind === 'property') return at;
  return { kind: 'file', place: { ...at.place, path: [...at.place.path, step] } };
}

/** The data without its traces. */
export function untrace(traced: Traced): Json {
  switch (traced.kind) {
    case 'scalar':
      return traced.value;
    case 'list':
      return traced.items.map(untrace);
    default:
      return Object.fromEntries(Array.from(traced.members, ([key, member]) => [key, untrace(member)]));
  }
}

/** Where the value at a path was written; where there is none, what it is missing from, with the rest of the path. */
export interface Finding {
  readonly at: WrittenAt;
  readonly rest: readonly (string | number)[];
}

/** Follows a path as far as it leads. */
export function findWritten(root: Traced, path: readonly (string | number)[]): Finding {
  let node = root;
  for (const [index, step] of path.entries()) {
    const removed = node.kind === 'map' ? node.removed.get(String(step)) : undefined;
    if (removed) return { at: removed, rest: [] };
    const next = childOf(node, step);
    if (!next) return { at: node.at, rest: path.slice(index) };
    node = next;
  }
  return { at: node.at, rest: [] };
}

function childOf(node: Traced, step: string | number): Traced | undefined {
  if (node.kind === 'map') return node.members.get(String(step));
  return node.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
}

/**
 * Lays data over other data, and gives back what is there then.
 * Rule: maps are merged at every depth; everything else replaces what was there, `null` and the empty text too.
 */
export function mergeOver(under: Traced, over: Traced): Traced {
  if (under.kind !== 'map' || over.kind !== 'map') return over;
  for (const [key, member] of over.members) {
    const own = under.members.get(key);
    under.members.set(key, own ? mergeOver(own, member) : member);
  }
  return under;
}

/** How many values there are, itself included, aliases unfolded; no more than one beyond the limit are counted. */
export function countValues(value: Json, limit: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const member of Object.values(value)) {
    if (count > limit) return count;
    count += countValues(member, limit - count);
  }
  return count;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
