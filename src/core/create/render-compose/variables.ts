import { isSecret, isSecretText, isValueObject, type Secret, type SecretText, type Value } from '../../model/value.ts';
import { digestValue } from '../for-digest.ts';
import { holdsSecret } from '../render/loose-secrets.ts';
import { isList } from '../render/make-object.ts';
import type { ComposeEntry } from './sections.ts';

/**
 * Makes a variable of the project that holds a secret: it stands in `.env`, which only its owner can read, and the project names it alone.
 * Shape: named by what it belongs to and by what it holds, so that two never share a name.
 */
export function makeVariable(owner: string, value: Value): ComposeEntry {
  const name = `TUTTI_${digestValue([owner, value]).slice(0, 16).toUpperCase()}`;
  return { section: 'variables', name, value: { value } };
}

/** How Compose is told to put the variable there. */
export function referTo({ name }: Pick<ComposeEntry, 'name'>): string {
  return `\${${name}}`;
}

/** Data without secrets, and the variables that it names in their place. */
export interface Extracted {
  readonly value: Value;
  readonly variables: readonly ComposeEntry[];
}

/**
 * Puts variables in place of all secrets of an entry, wherever they stand.
 * Rule: for data that is text of Compose already: the plain text around a secret stays as it is.
 */
export function extractSecrets(owner: string, value: Value): Extracted {
  if (!holdsSecret(value)) return { value, variables: [] };
  const variables = new Map<string, ComposeEntry>();
  const refer = (secret: Secret | SecretText): string => {
    const variable = makeVariable(owner, secret);
    variables.set(variable.name, variable);
    return referTo(variable);
  };
  return { value: replaceIn(value, refer), variables: [...variables.values()] };
}

type Refer = (secret: Secret | SecretText) => string;

function replaceIn(value: Value, refer: Refer): Value {
  if (isSecret(value)) return refer(value);
  if (isSecretText(value)) return replaceInText(value, refer);
  if (isList(value)) return value.map((each) => replaceIn(each, refer));
  if (!isValueObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaceIn(each, refer)]));
}

function replaceInText(text: SecretText, refer: Refer): string {
  if (text.encoding !== undefined) return refer(text);
  return text.parts.map((part) => (typeof part === 'string' ? part : refer(part))).join('');
}
