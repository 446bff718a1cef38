import { isSecret, isSecretText, isUnknown, isValueObject, type Json, type Value } from '../model/value.ts';

/** A value as digests see it: a secret is its keyed hash, an unknown is a token. */
export function forDigest(value: Value): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isSecret(value)) return { secret: value.hash };
  if (isSecretText(value)) return { secretText: value.parts.map(forDigest), encoding: value.encoding ?? 'none' };
  if (isUnknown(value)) return { unknown: `${value.uid} ${value.path}` };
  if (isValueObject(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, forDigest(each)]));
  return isList(value) ? value.map(forDigest) : null;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
