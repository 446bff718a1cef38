import { enter, leave, spend, type Run } from '../run/run.ts';
import { typeName } from '../values/types.ts';
import {
  getKey,
  isNil,
  itemsOf,
  sizeOf,
  sortedKeys,
  type GoList,
  type GoMap,
  type GoObject,
  type GoStruct,
  type GoTime,
  type Val,
} from '../values/value.ts';

/** Says whether two values are of the same type and equal all the way down. */
export function isDeepEqual(left: Val, right: Val, run: Run): boolean {
  spend(run, 1);
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  if (typeof left === 'string' && typeof right === 'string') return isSameText(left, right, run);
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (typeName(left) !== typeName(right)) return false;
  enter(run);
  const isEqual = isEqualObject(left, right, run);
  leave(run);
  return isEqual;
}

function isSameText(left: string, right: string, run: Run): boolean {
  if (left.length === right.length) spend(run, left.length / 64);
  return left === right;
}

function isEqualObject(left: GoObject, right: GoObject, run: Run): boolean {
  switch (left.kind) {
    case 'list':
      return right.kind === 'list' && areEqualLists(left, right, run);
    case 'map':
      return right.kind === 'map' && areEqualMaps(left, right, run);
    case 'struct':
      return right.kind === 'struct' && areEqualStructs(left, right, run);
    case 'time':
      return right.kind === 'time' && isSameTime(left, right);
    case 'version':
      return right.kind === 'version' && left.original === right.original;
    default:
      return 'value' in right && left.value === right.value;
  }
}

function isSameTime(left: GoTime, right: GoTime): boolean {
  return left.seconds === right.seconds && left.nanoseconds === right.nanoseconds && left.zone === right.zone;
}

function areEqualStructs(left: GoStruct, right: GoStruct, run: Run): boolean {
  return left.fields.keys().every((key) => isDeepEqual(left.fields.get(key), right.fields.get(key), run));
}

function areEqualLists(left: GoList, right: GoList, run: Run): boolean {
  return left.isNil === right.isNil && areEqual(itemsOf(left), itemsOf(right), run);
}

function areEqual(left: readonly Val[], right: readonly Val[], run: Run): boolean {
  return left.length === right.length && left.every((item, index) => isDeepEqual(item, right[index], run));
}

function areEqualMaps(left: GoMap, right: GoMap, run: Run): boolean {
  if (sizeOf(left) !== sizeOf(right)) return false;
  return sortedKeys(left).every((key) => {
    const other = getKey(right, key);
    return other !== undefined && isDeepEqual(getKey(left, key), other, run);
  });
}
