import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isKnownConstant } from '../expressions/evaluate.ts';
import { isSecret, isSecretText, isUnknown, type Value } from '../model/value.ts';

/** Canonical text of constant parts of definitions, which come again in every resource. */
const constantTexts = new WeakMap<object, string>();

/**
 * SHA-256 of a value: a secret counts by its keyed hash, an unknown by a token.
 * Shape: hex; keys sorted, so that equal values have equal digests.
 */
export function digestValue(value: Value): string {
  return digestAndMeasure(value).digest;
}

/** The same, and how many bytes the value has as JSON, secrets by their hashes. */
export function digestAndMeasure(value: Value): { readonly digest: string; readonly sizeBytes: number } {
  const bytes = utf8ToBytes(canonicalValue(value));
  return { digest: bytesToHex(sha256(bytes)), sizeBytes: bytes.length };
}

/** A value as canonical JSON, marks as what digests see of them. */
export function canonicalValue(value: Value): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (!isKnownConstant(value)) return writeObject(value);
  const known = constantTexts.get(value);
  if (known !== undefined) return known;
  const text = writeObject(value);
  constantTexts.set(value, text);
  return text;
}

function writeObject(value: Exclude<Value, string | number | boolean | null>): string {
  if (isList(value)) return `[${value.map(canonicalValue).join(',')}]`;
  if (isSecret(value)) return `{"secret":${JSON.stringify(value.hash)}}`;
  if (isSecretText(value)) return `{"secretText":[${value.parts.map(canonicalValue).join(',')}],"encoding":"${value.encoding ?? ''}"}`;
  if (isUnknown(value)) return `{"unknown":${JSON.stringify(`${value.uid} ${value.path}`)}}`;
  let text = '';
  for (const key of sortKeys(Object.keys(value))) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoteKey(key)}:${canonicalValue(member)}`;
  }
  return `{${text}}`;
}

/** Most maps are made with their keys in order. */
function sortKeys(keys: readonly string[]): readonly string[] {
  for (let at = 1; at < keys.length; at++) {
    if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return keys.toSorted();
  }
  return keys;
}

const quotedKeysMax = 20_000;

/** The same keys come again and again; bounded, and emptied when it is full. */
const quotedKeys = new Map<string, string>();

function quoteKey(key: string): string {
  const known = quotedKeys.get(key);
  if (known !== undefined) return known;
  if (quotedKeys.size >= quotedKeysMax) quotedKeys.clear();
  const quoted = JSON.stringify(key);
  quotedKeys.set(key, quoted);
  return quoted;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
