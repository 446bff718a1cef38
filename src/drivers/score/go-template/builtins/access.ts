import { failCall } from '../run/args.ts';
import { spend, type Run } from '../run/run.ts';
import { byteLength, encodeText, sliceBytes } from '../values/bytes.ts';
import { integerOf, isList, isMap, shownType, typeName } from '../values/types.ts';
import { getKey, isNil, itemsOf, makeInteger, makeList, sizeOf, type GoMap, type Val } from '../values/value.ts';

/** `index`: goes into maps, lists and texts, one index after the other. */
export function indexInto(args: readonly Val[], run: Run): Val {
  const [item, ...indexes] = args;
  if (isNil(item)) return failCall(run, 'index of untyped nil');
  let value: Val = item;
  for (const index of indexes) value = indexOnce(value, index, run);
  return value;
}

function indexOnce(value: Val, index: Val, run: Run): Val {
  if (isNil(value)) return failCall(run, 'index of nil pointer');
  if (isMap(value)) return readEntry(value, index, run);
  if (isList(value)) return itemsOf(value)[positionIn(index, itemsOf(value).length - 1, run)] ?? null;
  if (typeof value !== 'string') return failCall(run, `can't index item of type ${typeName(value)}`);
  const bytes = encodeText(value);
  return makeInteger('uint8', bytes[positionIn(index, bytes.length - 1, run)] ?? 0);
}

function readEntry(map: GoMap, index: Val, run: Run): Val {
  if (isNil(index)) return failCall(run, 'value is nil; should be of type string');
  if (typeof index !== 'string') return failCall(run, `value has type ${typeName(index)}; should be string`);
  return getKey(map, index) ?? (map.element === 'string' ? '' : null);
}

function positionIn(index: Val, last: number, run: Run): number {
  const whole = integerOf(index);
  if (isNil(index)) return failCall(run, 'cannot index slice/array with nil');
  if (whole === undefined) return failCall(run, `cannot index slice/array with type ${shownType(index)}`);
  if (whole < 0 || whole > last) return failCall(run, `index out of range: ${whole}`);
  return Number(whole);
}

/** `slice`: a part of a list or of the bytes of a text. */
export function slicePart(args: readonly Val[], run: Run): Val {
  const [item, ...indexes] = args;
  if (isNil(item)) return failCall(run, 'slice of untyped nil');
  if (!isList(item) && typeof item !== 'string') return failCall(run, `can't slice item of type ${typeName(item)}`);
  const length = isList(item) ? itemsOf(item).length : byteLength(item);
  const [start = 0, end = length] = indexes.map((index) => positionIn(index, length, run));
  if (start > end) return failCall(run, `invalid slice index: ${start} > ${end}`);
  if (isList(item)) spend(run, end - start);
  return isList(item) ? makeList(itemsOf(item).slice(start, end), item.element) : sliceBytes(item, start, end);
}

/** `len`: of a list or a map the entries, of a text the bytes. */
export function lengthOf(value: Val, run: Run): number {
  if (isNil(value)) return failCall(run, 'len of nil pointer');
  if (typeof value === 'string') return byteLength(value);
  if (isList(value)) return itemsOf(value).length;
  return isMap(value) ? sizeOf(value) : failCall(run, `len of type ${typeName(value)}`);
}
