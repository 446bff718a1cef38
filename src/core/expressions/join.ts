import { pendSecret } from '../model/pending.ts';
import {
  isSecret,
  isSecretText,
  isUnknown,
  type Secret,
  type SecretEncoding,
  type SecretText,
  type Unknown,
  type Value,
} from '../model/value.ts';

export type Joined = { readonly value: string | Secret | SecretText | Unknown } | { readonly problem: string };

/**
 * Joins values to one text.
 * Rule: an unknown part makes the whole unknown, a secret one makes it secret text, both a secret that is not known yet; lists, maps and null
 * cannot be inserted.
 */
export function joinParts(values: readonly Value[]): Joined {
  const unknown = values.find(isUnknown);
  if (unknown) return { value: values.some((value) => isSecret(value) || isSecretText(value)) ? pendSecret(unknown) : unknown };
  const parts: (string | Secret | SecretText)[] = [];
  for (const value of values) {
    const part = partOf(value);
    if (part === undefined) return { problem: `${nameOf(value)} stands within text` };
    appendPart(parts, part);
  }
  if (parts.every((part) => typeof part === 'string')) return { value: parts.join('') };
  return { value: { $tutti: 'secretText', parts } };
}

/** The text of a secret, encoded; a plain text in, and it stays plain only where nothing is secret. */
export function encodeSecret(value: Secret | SecretText, encoding: SecretEncoding): SecretText {
  return { $tutti: 'secretText', parts: [value], encoding };
}

function appendPart(parts: (string | Secret | SecretText)[], part: string | Secret | SecretText): void {
  const last = parts.at(-1);
  if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
  else if (isSecretText(part) && part.encoding === undefined) for (const each of part.parts) appendPart(parts, each);
  else if (part !== '') parts.push(part);
}

function partOf(value: Value): string | Secret | SecretText | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isSecret(value) || isSecretText(value) ? value : undefined;
}

function nameOf(value: Value): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : 'a map';
}
