import { isMark, isUnknown, isValueObject, type Mark, type Value } from '../model/value.ts';

/** Values in the library's terms: whole numbers are `bigint`. Kept per object, since scopes are shared. */
const converted = new WeakMap<object, unknown>();

export function toCel(value: Value): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const known = converted.get(value);
  if (known !== undefined) return known;
  const result = convertTree(value);
  converted.set(value, result);
  return result;
}

function convertTree(value: Exclude<Value, string | number | boolean | null>): unknown {
  if (isArray(value)) return value.map(toCel);
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, each] of Object.entries(value)) result[key] = toCel(each);
  return result;
}

export type FromCel = { readonly value: Value } | { readonly problem: string };

const depthMax = 64;

/** The library's result as plain data; or why it is none. */
export function fromCel(result: unknown, depth = 0): FromCel {
  if (result === null || typeof result === 'string' || typeof result === 'boolean') return { value: result };
  if (typeof result === 'bigint') return fromWhole(result);
  if (typeof result === 'number') return fromNumber(result);
  return depth > depthMax ? { problem: 'the result is nested too deeply' } : fromStructure(result, depth);
}

function fromNumber(result: number): FromCel {
  return Number.isFinite(result) ? { value: result } : { problem: 'the result is not a finite number' };
}

function fromStructure(result: unknown, depth: number): FromCel {
  if (Array.isArray(result)) return fromList(result, depth);
  if (result instanceof Map) return fromEntries([...result], depth);
  if (isPlainObject(result)) return fromEntries(Object.entries(result), depth);
  return { problem: 'the result is neither text, number, boolean, list nor map' };
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function fromWhole(result: bigint): FromCel {
  const number = Number(result);
  return Number.isSafeInteger(number) ? { value: number } : { problem: `the result ${result} is beyond 2^53` };
}

function fromList(list: readonly unknown[], depth: number): FromCel {
  const values: Value[] = [];
  for (const each of list) {
    const result = fromCel(each, depth + 1);
    if ('problem' in result) return result;
    values.push(result.value);
  }
  return { value: values };
}

function fromEntries(entries: readonly (readonly [unknown, unknown])[], depth: number): FromCel {
  const values: [string, Value][] = [];
  for (const [key, each] of entries) {
    const result = fromCel(each, depth + 1);
    if ('problem' in result) return result;
    values.push([String(key), result.value]);
  }
  return { value: Object.fromEntries(values) };
}

/** The first mark in a value, in the order of its keys. */
export function findMark(value: Value): Mark | undefined {
  if (isMark(value)) return value;
  if (isArray(value)) return firstMark(value);
  return isValueObject(value) ? firstMark(Object.values(value)) : undefined;
}

function firstMark(values: readonly Value[]): Mark | undefined {
  let first: Mark | undefined;
  for (const each of values) {
    const mark = findMark(each);
    // An unknown outweighs a secret: nothing can be said before it is known.
    if (mark && (isUnknown(mark) || !first)) first = mark;
    if (first && isUnknown(first)) return first;
  }
  return first;
}

export function isArray(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}
