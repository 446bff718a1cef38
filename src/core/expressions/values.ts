import { isMark, isUnknown, isValueObject, markKey, type Mark, type Value } from '../model/value.ts';

/** Values in the library's terms: whole numbers are `bigint`. Kept per object, since scopes are shared. */
const converted = new WeakMap<object, unknown>();

/** Stands for marks that an expression does not read: nothing can be done with it, and no result may hold it. */
const hidden: unknown = Object.freeze(Object.create(null));

export function toCel(value: Value): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (isMark(value)) return hidden;
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
const sizeMax = 4_000_000;

/** How much of a result there is already: entries and characters. */
interface Taken {
  size: number;
}

/** Keys that would mean something else than data: to tutti, or to JavaScript. */
const refusedKeys: readonly string[] = [markKey, '__proto__'];

/** Says whether a key cannot stand in data. */
export function isRefusedKey(key: string): boolean {
  return refusedKeys.includes(key);
}

/** The library's result as plain data; or why it is none. */
export function fromCel(result: unknown): FromCel {
  return take(result, 0, { size: 0 });
}

function take(result: unknown, depth: number, taken: Taken): FromCel {
  taken.size += typeof result === 'string' ? result.length : 1;
  if (taken.size > sizeMax) return { problem: 'the result is too large' };
  if (result === hidden) return { problem: 'the result holds a secret or what is not known yet' };
  if (result === null || typeof result === 'string' || typeof result === 'boolean') return { value: result };
  if (typeof result === 'bigint') return fromWhole(result);
  if (typeof result === 'number') return fromNumber(result);
  return depth > depthMax ? { problem: 'the result is nested too deeply' } : fromStructure(result, depth, taken);
}

function fromNumber(result: number): FromCel {
  return Number.isFinite(result) ? { value: result } : { problem: 'the result is not a finite number' };
}

function fromStructure(result: unknown, depth: number, taken: Taken): FromCel {
  if (Array.isArray(result)) return fromList(result, depth, taken);
  if (result instanceof Map) return fromEntries([...result], depth, taken);
  if (isPlainObject(result)) return fromEntries(Object.entries(result), depth, taken);
  return { problem: 'the result is neither text, number, boolean, list nor map' };
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function fromWhole(result: bigint): FromCel {
  const number = Number(result);
  return Number.isSafeInteger(number) ? { value: number } : { problem: `the result ${result} is beyond 2^53` };
}

function fromList(list: readonly unknown[], depth: number, taken: Taken): FromCel {
  const values: Value[] = [];
  for (const each of list) {
    const result = take(each, depth + 1, taken);
    if ('problem' in result) return result;
    values.push(result.value);
  }
  return { value: values };
}

function fromEntries(entries: readonly (readonly [unknown, unknown])[], depth: number, taken: Taken): FromCel {
  const values: [string, Value][] = [];
  for (const [key, each] of entries) {
    const result = take(each, depth + 1, taken);
    if ('problem' in result) return result;
    const name = String(key);
    if (isRefusedKey(name)) return { problem: `"${name}" cannot be a key` };
    taken.size += name.length;
    values.push([name, result.value]);
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
