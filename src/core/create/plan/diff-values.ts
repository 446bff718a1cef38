import type { FieldChange } from '../../model/plan.ts';
import { isMark, isUnknown, isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { alignLists } from './align-lists.ts';
import { extendPointer } from './pointer.ts';
import { isList, shownSecret, showValue, tokenOf } from './show-value.ts';

export const changedSecret = `${shownSecret} (changed)`;

/**
 * Lists the differences between two values, leaf by leaf.
 * Rule: maps are compared by key, lists element by element as `alignLists` pairs them; a secret is compared by its keyed hash and shown as
 * `‹secret›`, after a change as `‹secret› (changed)`. Where one is a map or list and the other is not, both are shown whole.
 * Shape: sorted by path, keys by code unit, indexes by number. A pointer leads into `after`; without `after` it leads into `before`. A list
 * whose named elements merely changed places is one difference, of the names in their order. Empty exactly where the two are equal.
 */
export function diffValues(before: Value | undefined, after: Value | undefined): readonly FieldChange[] {
  const fields: FieldChange[] = [];
  compare({ before, after, pointer: '' }, fields);
  return fields;
}

interface Pair {
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  readonly pointer: string;
}

function compare(pair: Pair, fields: FieldChange[]): void {
  const { before, after } = pair;
  if (isSame(before, after)) return;
  const [left, right] = [asMap(before, after), asMap(after, before)];
  if (left && right) return compareMaps(left, right, pair.pointer, fields);
  const [leftItems, rightItems] = [asItems(before, after), asItems(after, before)];
  if (leftItems && rightItems) return compareLists(leftItems, rightItems, pair.pointer, fields);
  fields.push(describeLeaf(pair));
}

function isSame(before: Value | undefined, after: Value | undefined): boolean {
  if (before === after) return true;
  return isMark(before) && isMark(after) && tokenOf(before) === tokenOf(after);
}

/** What is absent counts as empty beside something that has members, so that additions and removals are shown leaf by leaf. */
function asMap(value: Value | undefined, other: Value | undefined): ValueObject | undefined {
  if (isValueObject(value)) return value;
  return value === undefined && isValueObject(other) && Object.keys(other).length > 0 ? {} : undefined;
}

function asItems(value: Value | undefined, other: Value | undefined): readonly Value[] | undefined {
  if (isList(value)) return value;
  return value === undefined && isList(other) && other.length > 0 ? [] : undefined;
}

function compareMaps(before: ValueObject, after: ValueObject, pointer: string, fields: FieldChange[]): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of [...keys].toSorted()) {
    compare({ before: memberOf(before, key), after: memberOf(after, key), pointer: extendPointer(pointer, key) }, fields);
  }
}

function memberOf(members: ValueObject, key: string): Value | undefined {
  return Object.hasOwn(members, key) ? members[key] : undefined;
}

function compareLists(before: readonly Value[], after: readonly Value[], pointer: string, fields: FieldChange[]): void {
  const { items, reordered } = alignLists(before, after);
  if (reordered) fields.push({ path: pointer, ...reordered });
  for (const item of items) {
    compare({ before: item.before, after: item.after, pointer: extendPointer(pointer, item.index) }, fields);
  }
}

function describeLeaf({ before, after, pointer }: Pair): FieldChange {
  return {
    path: pointer,
    ...(before !== undefined && { before: showValue(before) }),
    ...(after !== undefined && { after: isChangedSecret(before, after) ? changedSecret : showValue(after) }),
  };
}

/** Two secrets that would be shown alike. */
function isChangedSecret(before: Value | undefined, after: Value): boolean {
  const areSecrets = isMark(before) && isMark(after) && !isUnknown(before) && !isUnknown(after);
  return areSecrets && showValue(before) === showValue(after);
}
