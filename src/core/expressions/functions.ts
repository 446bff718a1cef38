import type { Environment } from '@marcbachmann/cel-js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { RE2JS } from 're2js';

const hashLength = 12;

/** What `matches` is called inside: the library's own can take exponential time. */
export const linearMatches = 'matchesLinearly';

/** Adds what platform configuration needs beyond standard CEL; each is described in docs/expressions.md. */
export function registerFunctions(environment: Environment): Environment {
  return environment
    .registerFunction('map.encode(string): string', (kind: unknown, text: string) => encodeAs(kind, text))
    .registerFunction('map.consumers(string): list<dyn>', (select: unknown, type: string) => pick(select, 'consumers', type))
    .registerFunction('map.dependencies(string): list<dyn>', (select: unknown, type: string) => pick(select, 'dependencies', type))
    .registerFunction('hash(string): string', (text: string) => shortHash(text))
    .registerFunction('slug(string): string', (text: string) => makeDnsLabel(text))
    .registerFunction(`string.${linearMatches}(string): bool`, matchesLinearly);
}

/** The values behind the names `base64` and `url`. */
export const encoders = { base64: { encoder: 'base64' }, url: { encoder: 'url' } } as const;

export type Encoding = keyof typeof encoders;

export function encodeText(encoding: Encoding, text: string): string {
  return encoding === 'base64' ? toBase64(text) : encodeForUrl(text);
}

/** Linear in the text: RE2 has no backtracking. */
function matchesLinearly(text: string, pattern: string): boolean {
  return RE2JS.compile(pattern).matcher(text).find();
}

function encodeAs(kind: unknown, text: string): string {
  const isUrl = typeof kind === 'object' && kind !== null && 'encoder' in kind && kind.encoder === 'url';
  return encodeText(isUrl ? 'url' : 'base64', text);
}

function pick(select: unknown, list: string, type: string): unknown[] {
  if (typeof select !== 'object' || select === null) return [];
  const lists = Object.entries(select).find(([name]) => name === list)?.[1];
  const found = Object.entries(lists ?? {}).find(([name]) => name === type)?.[1];
  return Array.isArray(found) ? found : [];
}

function shortHash(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text))).slice(0, hashLength);
}

function makeDnsLabel(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'x' : plain.slice(0, 63).replace(/-+$/, '');
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.subarray(at, at + 3);
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    encoded += digit(group >> 18) + digit(group >> 12);
    encoded += second === undefined ? '=' : digit(group >> 6);
    encoded += third === undefined ? '=' : digit(group);
  }
  return encoded;
}

function digit(bits: number): string {
  return base64Alphabet[bits & 63] ?? '';
}

const unreserved = /^[A-Za-z0-9\-_.!~*'()]$/;

/** As `encodeURIComponent` does. */
function encodeForUrl(text: string): string {
  let encoded = '';
  for (const character of text) {
    if (unreserved.test(character)) encoded += character;
    else for (const byte of new TextEncoder().encode(character)) encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
