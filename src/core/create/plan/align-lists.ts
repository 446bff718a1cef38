import { isValueObject, type Value } from '../../model/value.ts';

/** What elements of lists are commonly known by, the first that fits. */
const identityKeys = ['name', 'key', 'mountPath', 'path', 'id'] as const;

export interface AlignedItem {
  /** In the list after, or, for an item that is gone, in the list before. */
  readonly index: number;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

export interface AlignedLists {
  readonly items: readonly AlignedItem[];
  /** Names of the items that are in both lists, where their order differs. */
  readonly reordered?: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/**
 * Pairs the elements of two lists.
 * Rule: by the first of name, key, mountPath, path, id that every element of both lists has, each text and unique in its list, as Kubernetes
 * merges lists; else by position.
 * Shape: pairs sorted by index, what is gone before what stands at the same index.
 */
export function alignLists(before: readonly Value[], after: readonly Value[]): AlignedLists {
  for (const key of identityKeys) {
    const left = identify(before, key);
    const right = left && identify(after, key);
    if (left && right && left.size > 0 && right.size > 0) return alignByIdentity({ before, after, left, right });
  }
  const length = Math.max(before.length, after.length);
  return { items: Array.from({ length }, (_, index) => ({ index, before: before[index], after: after[index] })) };
}

/** Identity → index, or nothing where the key does not identify every element. */
function identify(items: readonly Value[], key: string): ReadonlyMap<string, number> | undefined {
  const identities = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const identity = isValueObject(item) && Object.hasOwn(item, key) ? item[key] : undefined;
    if (typeof identity !== 'string' || identities.has(identity)) return undefined;
    identities.set(identity, index);
  }
  return identities;
}

interface IdentifiedLists {
  readonly before: readonly Value[];
  readonly after: readonly Value[];
  readonly left: ReadonlyMap<string, number>;
  readonly right: ReadonlyMap<string, number>;
}

function alignByIdentity({ before, after, left, right }: IdentifiedLists): AlignedLists {
  const items: AlignedItem[] = [];
  for (const [identity, index] of left) {
    if (!right.has(identity)) items.push({ index, before: before[index], after: undefined });
  }
  for (const [identity, index] of right) {
    const earlier = left.get(identity);
    items.push({ index, before: earlier === undefined ? undefined : before[earlier], after: after[index] });
  }
  items.sort((one, other) => one.index - other.index);
  const stayedBefore = [...left.keys()].filter((identity) => right.has(identity));
  const stayedAfter = [...right.keys()].filter((identity) => left.has(identity));
  const isReordered = stayedBefore.some((identity, index) => stayedAfter[index] !== identity);
  return isReordered ? { items, reordered: { before: stayedBefore, after: stayedAfter } } : { items };
}
