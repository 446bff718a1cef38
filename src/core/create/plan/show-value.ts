import { digestOf } from '../../model/digest.ts';
import {
  isMark,
  isSecret,
  isSecretText,
  isUnknown,
  type Json,
  type Mark,
  type SecretText,
  type Value,
  type ValueObject,
} from '../../model/value.ts';

/** What stands for a secret, and for a value that does not exist yet, wherever people read. */
export const shownSecret = '‹secret›';
const shownUnknown = 'known after provisioning';

/**
 * Turns a value into what may be shown: a secret is `‹secret›`, text with one in it keeps the text around it unless encoded, an unknown is
 * `known after provisioning`.
 * Shape: data with marks in, plain data out; what holds no mark is returned as it is, not copied.
 */
export function showValue(value: Value): Json {
  if (isPlain(value)) return value;
  if (isMark(value)) return showMark(value);
  return isList(value) ? value.map(showValue) : showMembers(value);
}

function showMark(mark: Mark): string {
  if (isUnknown(mark)) return shownUnknown;
  return isSecretText(mark) ? showSecretText(mark) : shownSecret;
}

function showSecretText({ parts, encoding }: SecretText): string {
  if (encoding !== undefined) return shownSecret;
  return parts.map((part) => (typeof part === 'string' ? part : showMark(part))).join('');
}

function showMembers(members: ValueObject): Json {
  return Object.fromEntries(Object.entries(members).map(([key, member]) => [key, showValue(member)]));
}

/** Says whether a value holds neither secrets nor unknowns. */
export function isPlain(value: Value): value is Json {
  if (typeof value !== 'object' || value === null) return true;
  if (isList(value)) return value.every(isPlain);
  if (isMark(value)) return false;
  for (const key in value) if (!isPlain(value[key] ?? null)) return false;
  return true;
}

/** Says whether a value is a list; `Array.isArray` does not narrow readonly lists. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** What a mark counts by: a secret by its keyed hash, whatever it is named by; an unknown by its origin. */
export function tokenOf(mark: Mark): string {
  if (isSecret(mark)) return `secret ${mark.hash}`;
  if (isUnknown(mark)) return `unknown ${mark.uid} ${mark.path}`;
  return `text ${digestOf([mark.encoding ?? null, ...mark.parts.map((part) => (typeof part === 'string' ? part : { token: tokenOf(part) }))])}`;
}

/**
 * Treats whatever stands in the data of a Kubernetes Secret as secret, also where the platform wrote it as plain text.
 * Shape: the body of an object in; the same object out where it is no Secret.
 */
export function concealSecretData(body: ValueObject): ValueObject {
  if (body['kind'] !== 'Secret' || body['apiVersion'] !== 'v1') return body;
  const concealed: Record<string, Value> = { ...body };
  for (const key of ['data', 'stringData']) {
    const members = body[key];
    if (members !== undefined) concealed[key] = conceal(members);
  }
  return concealed;
}

function conceal(value: Value): Value {
  if (isMark(value)) return value;
  if (isList(value)) return value.map(conceal);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, conceal(member)]));
  }
  // Encoded, so that none of its text is shown.
  return { $tutti: 'secretText', parts: [String(value)], encoding: 'base64' };
}
