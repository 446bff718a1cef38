import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { invariant } from '../diagnostics/invariant.ts';
import type { Value } from './value.ts';

/**
 * Writes data as JSON in one fixed form, so that equal data gives equal text.
 * Rule: keys sorted by code unit, no white space, numbers and strings as JSON.stringify writes them; a property that is undefined counts as absent.
 * Shape: plain data in (records of ours included), text out; linear in the size of the data but for the sorting of keys.
 * Source: RFC 8785 (JSON Canonicalization Scheme).
 */
export function canonicalJson(value: Value | object): string {
  return writeCanonical(value);
}

/**
 * SHA-256 of the canonical JSON of some data.
 * Shape: plain data in, 64 lower-case hexadecimal digits out; equal data, equal digest.
 */
export function digestOf(value: Value | object): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}

function writeCanonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return writeList(value);
  if (isRecord(value)) return writeRecord(value);
  return writeScalar(value);
}

function writeScalar(value: unknown): string {
  invariant(typeof value !== 'number' || Number.isFinite(value), 'a number in canonical data is finite');
  const isScalar = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!isScalar) invariant(false, `canonical data holds no ${typeof value}`);
  return JSON.stringify(value);
}

function writeList(items: readonly unknown[]): string {
  let text = '[';
  for (const item of items) text += (text.length > 1 ? ',' : '') + writeCanonical(item);
  return `${text}]`;
}

function writeRecord(record: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const key of sortKeys(Object.keys(record))) {
    const member = record[key];
    if (member === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${writeCanonical(member)}`;
  }
  return `${text}}`;
}

/** Most records are made with their keys in order. */
function sortKeys(keys: readonly string[]): readonly string[] {
  for (let at = 1; at < keys.length; at++) {
    if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return keys.toSorted();
  }
  return keys;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
