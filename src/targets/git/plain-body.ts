import { invariant, isMark, type Json, type Value } from '../../core/index.ts';

/** The body as plain data: planning has refused whatever holds a secret, and no unknown is left. */
export function toJson(value: Value): Json {
  if (typeof value !== 'object' || value === null) return value;
  invariant(!isMark(value), 'neither a secret nor an unknown gets into Git');
  if (isList(value)) return value.map(toJson);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
