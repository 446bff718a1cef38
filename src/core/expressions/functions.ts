import type { Environment } from '@marcbachmann/cel-js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { compilePattern } from '../model/pattern.ts';
import { decodeBase64 } from '../read/base64.ts';
import { decodeUtf8 } from '../read/text.ts';
import { registerBudget } from './budget.ts';

const hashLength = 12;

/** What `matches` is called inside: the library's own can take exponential time. */
export const linearMatches = 'matchesLinearly';

/** Adds what platform configuration needs beyond standard CEL; each is described in docs/expressions.md. */
export function registerFunctions(environment: Environment): Environment {
  return registerBudget(environment)
    .registerFunction('map.encode(string): string', (kind: unknown, text: string) => encodeAs(kind, text))
    .registerFunction('map.consumers(string): list<dyn>', (select: unknown, type: string) => pick(select, 'consumers', type))
    .registerFunction('map.dependencies(string): list<dyn>', (select: unknown, type: string) => pick(select, 'dependencies', type))
    .registerFunction('hash(string): string', (text: string) => shortHash(text))
    .registerFunction('slug(string): string', (text: string) => makeDnsLabel(text))
    .registerFunction('map.decode(string): string', (kind: unknown, text: string) => decodeAs(kind, text))
    .registerFunction('string.replace(string, string): string', (text: string, old: string, by: string) => replaceAll(text, old, by))
    .registerFunction(`string.${linearMatches}(string): bool`, matchesLinearly);
}

/** The values behind the names `base64` and `url`. */
export const encoders = { base64: { encoder: 'base64' }, url: { encoder: 'url' } } as const;

export type Encoding = keyof typeof encoders;

export function encodeText(encoding: Encoding, text: string): string {
  return encoding === 'base64' ? toBase64(text) : encodeForUrl(text);
}

const matchedLengthMax = 65_536;

function matchesLinearly(text: string, pattern: string): boolean {
  if (text.length > matchedLengthMax) throw new Error(`text of more than ${matchedLengthMax} characters is not matched`);
  const compiled = compilePattern(pattern);
  if ('problem' in compiled) throw new Error(compiled.problem);
  return compiled.fits(text);
}

function encodeAs(kind: unknown, text: string): string {
  return encodeText(isUrlEncoder(kind) ? 'url' : 'base64', text);
}

function decodeAs(kind: unknown, text: string): string {
  if (isUrlEncoder(kind)) throw new Error('url.decode does not exist');
  const bytes = decodeBase64(text);
  const decoded = bytes && decodeUtf8(bytes);
  if (decoded === undefined) throw new Error('base64.decode takes base64 of text in UTF-8');
  return decoded;
}

function isUrlEncoder(kind: unknown): boolean {
  return typeof kind === 'object' && kind !== null && 'encoder' in kind && kind.encoder === 'url';
}

const replacedLengthMax = 1_000_000;

function replaceAll(text: string, old: string, by: string): string {
  const count = old === '' ? text.length + 1 : text.split(old).length - 1;
  if (text.length + count * by.length > replacedLengthMax) throw new Error(`replace gives more than ${replacedLengthMax} characters`);
  return text.replaceAll(old, () => by);
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
