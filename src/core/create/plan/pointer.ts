import { findPending } from '../../model/pending.ts';
import { isMark, isUnknown, type Mark, type Value } from '../../model/value.ts';
import { isList, isPlain } from './show-value.ts';

/** Adds a segment to a JSON pointer (RFC 6901). */
export function extendPointer(pointer: string, segment: string | number): string {
  const text = typeof segment === 'number' ? String(segment) : segment.replaceAll('~', '~0').replaceAll('/', '~1');
  return `${pointer}/${text}`;
}

export interface FoundMark {
  readonly pointer: string;
  readonly mark: Mark;
}

/** Finds every secret and unknown in a value, in the order of the data with keys sorted. */
export function findMarks(value: Value, pointer = ''): readonly FoundMark[] {
  if (isPlain(value)) return [];
  if (isMark(value)) return [{ pointer, mark: value }];
  if (isList(value)) return value.flatMap((item, index) => findMarks(item, extendPointer(pointer, index)));
  return Object.keys(value)
    .toSorted()
    .flatMap((key) => findMarks(value[key] ?? null, extendPointer(pointer, key)));
}

/** Says whether a pointer is one of the given ones or lies below one. */
export function isWithin(pointer: string, roots: readonly string[]): boolean {
  return roots.some((root) => pointer === root || pointer.startsWith(`${root}/`));
}

/** Parts of a change that marks decide: where it is unknown, where it is secret; a secret that does not exist yet is both. */
export function sortMarks(found: readonly FoundMark[]): { readonly unknown: readonly string[]; readonly secrets: readonly FoundMark[] } {
  return {
    unknown: found.filter(({ mark }) => findPending(mark) !== undefined).map(({ pointer }) => pointer),
    secrets: found.filter(({ mark }) => !isUnknown(mark)),
  };
}
