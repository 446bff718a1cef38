import {
  isSecret,
  isSecretText,
  isUnknown,
  isValueObject,
  type Json,
  type Secret,
  type SecretText,
  type Value,
} from '../../../core/index.ts';

/**
 * What stands in a template for a secret that came in with the params: text that survives quoting, and is put back afterwards.
 * It looks like the references to Secrets that the tools know, which no text has by chance.
 */
export interface TokenBook {
  readonly marks: (Secret | SecretText)[];
  readonly tokens: Map<string, string>;
}

export function openTokenBook(): TokenBook {
  return { marks: [], tokens: new Map() };
}

/** Data for templates: secrets as tokens. Gives `undefined` where something in it is not known yet. */
export function hideMarks(value: Value, book: TokenBook): Json | undefined {
  if (isSecret(value) || isSecretText(value)) return tokenOf(value, book);
  if (isUnknown(value)) return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (isValueObject(value)) {
    const entries = Object.entries(value).map(([key, each]) => [key, hideMarks(each, book)] as const);
    return entries.some(([, each]) => each === undefined)
      ? undefined
      : Object.fromEntries(entries.map(([key, each]) => [key, each ?? null]));
  }
  const items = listOf(value).map((each) => hideMarks(each, book));
  return items.some((each) => each === undefined) ? undefined : items.map((each) => each ?? null);
}

function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

function tokenOf(mark: Secret | SecretText, book: TokenBook): string {
  const key = JSON.stringify(mark);
  const known = book.tokens.get(key);
  if (known !== undefined) return known;
  const token = `🔐💬@${book.marks.length}💬🔐`;
  book.marks.push(mark);
  book.tokens.set(key, token);
  return token;
}
