import { digestOf, type Json, type JsonObject, type Secret, type SecretText, type Value, type ValueObject } from '../../../core/index.ts';
import { isMap } from '../merge-patch.ts';
import { isSecretName } from '../../../core/index.ts';
import type { TokenBook } from './tokens.ts';

/** What a result is gone through with. */
export interface Concealment {
  readonly texts: ReadonlySet<string>;
  readonly tokens: TokenBook;
  readonly seal: (text: string) => Secret;
  /** Keys of Secrets among the manifests, by `name/key`. */
  readonly references: ReadonlyMap<string, Value>;
}

type Part = string | Secret | SecretText;

/** Replaces every secret text within data by a reference; what no secret is in stays as it is. */
export function conceal(value: Json, by: Concealment): Value {
  if (typeof value === 'string') return concealText(value, by);
  if (typeof value !== 'object' || value === null) return value;
  return isMap(value) ? mapValues(value, (each) => conceal(each, by)) : listOf(value).map((each) => conceal(each, by));
}

/** As `conceal`, and whole texts whose key says that they are secret besides. */
export function concealNamed(value: Json, by: Concealment, isNamed: (key: string) => boolean = isSecretName, key = ''): Value {
  if (typeof value === 'string') {
    const concealed = concealText(value, by);
    return typeof concealed === 'string' && concealed !== '' && isNamed(key) ? by.seal(concealed) : concealed;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, concealNamed(each, by, isNamed, name)]));
  return listOf(value).map((each) => concealNamed(each, by, isNamed, key));
}

/** Puts secrets into a text: the text itself where there is none, one secret where it is nothing else. */
export function concealText(text: string, by: Concealment): Value {
  const parts = splitByTexts(splitByTokens(text, by), by);
  const [only, ...others] = parts;
  if (parts.every((part) => typeof part === 'string')) return text;
  if (others.length === 0 && only !== undefined) return only;
  return { $tutti: 'secretText', parts };
}

function splitByTokens(text: string, { tokens, references }: Concealment): readonly Part[] {
  if (!text.includes('🔐💬')) return [text];
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(makeReferencePattern())) {
    const [whole, token, name = '', key = ''] = match;
    const mark = token === undefined ? (references.get(`${name}/${key}`) ?? referToObject(name, key)) : tokens.marks[Number(token)];
    if (!isMark(mark)) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(mark);
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** A Secret that is on the target already: nobody here knows what is in it. */
function referToObject(name: string, key: string): Secret {
  return { $tutti: 'secret', ref: { kind: 'object', name, key }, hash: digestOf(['object', name, key]) };
}

/** A token of ours, or a reference to a key of a Secret: `🔐💬name_key💬🔐`; names have no underscore. */
function makeReferencePattern(): RegExp {
  return /🔐💬(?:@(\d+)|([^_💬]*)_([^💬]*))💬🔐/gu;
}

function isMark(value: Value | undefined): value is Secret | SecretText {
  return typeof value === 'object' && value !== null && '$tutti' in value && value.$tutti !== 'unknown';
}

function splitByTexts(parts: readonly Part[], { texts, seal }: Concealment): readonly Part[] {
  if (texts.size === 0) return parts;
  const longestFirst = [...texts].toSorted((left, right) => right.length - left.length);
  return longestFirst.reduce<readonly Part[]>(
    (split, secret) => split.flatMap((part) => (typeof part === 'string' && part.includes(secret) ? splitBy(part, secret, seal) : [part])),
    parts,
  );
}

function splitBy(text: string, secret: string, seal: Concealment['seal']): readonly Part[] {
  const sealed = seal(secret);
  return text
    .split(secret)
    .flatMap((piece, index): readonly Part[] => [...(index === 0 ? [] : [sealed]), ...(piece === '' ? [] : [piece])]);
}

/**
 * Conceals the values of a Secret altogether: each of them is one, whatever it is.
 * Rule: what is in base64 and holds a secret text is taken apart, so that it is the same secret everywhere.
 */
export function concealSecretObject(manifest: JsonObject, by: Concealment): ValueObject {
  const { data, stringData, ...rest } = manifest;
  return {
    ...mapValues(rest, (each) => conceal(each, by)),
    ...(isMap(data) && { data: mapValues(data, (each) => (typeof each === 'string' ? concealEncoded(each, by) : each)) }),
    ...(data !== undefined && !isMap(data) && { data }),
    ...(isMap(stringData) && { stringData: mapValues(stringData, (each) => (typeof each === 'string' ? concealWhole(each, by) : each)) }),
    ...(stringData !== undefined && !isMap(stringData) && { stringData }),
  };
}

/** The value of one key of a Secret. */
export function concealWhole(text: string, by: Concealment): Value {
  const concealed = concealText(text, by);
  return concealed === text && text !== '' ? by.seal(text) : concealed;
}

/** The value of one key of `data`, which is in base64; what is not stays as it is, and is refused later. */
export function concealEncoded(encoded: string, by: Concealment): Value {
  const text = decodeBase64(encoded);
  if (text === undefined || text === '') return encoded;
  const concealed = concealWhole(text, by);
  return typeof concealed === 'string' ? encoded : { $tutti: 'secretText', parts: [toPart(concealed)], encoding: 'base64' };
}

function toPart(value: Value): Part {
  return isMark(value) ? value : '';
}

/** Text from base64; nothing where it is not in base64, or no text. */
function decodeBase64(encoded: string): string | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded)) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function mapValues(map: JsonObject, change: (value: Json) => Value): ValueObject {
  return Object.fromEntries(Object.entries(map).map(([key, each]) => [key, change(each)]));
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
