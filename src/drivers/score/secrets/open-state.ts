import {
  isSecret,
  isSecretText,
  isValueObject,
  type DriverSecrets,
  type Json,
  type JsonObject,
  type Secret,
  type SecretText,
  type Value,
  type ValueObject,
} from '../../../core/index.ts';

/** Gives back state as it was, with every secret in it as text; and notes these texts. */
export async function openState(state: ValueObject, secrets: DriverSecrets, note: (text: string) => void): Promise<JsonObject> {
  const opened = await Promise.all(Object.entries(state).map(async ([key, value]) => [key, await open(value, secrets, note)] as const));
  return Object.fromEntries(opened);
}

async function open(value: Value, secrets: DriverSecrets, note: (text: string) => void): Promise<Json> {
  if (isSecret(value) || isSecretText(value)) {
    for (const secret of secretsIn(value)) note(await secrets.reveal(secret));
    return secrets.reveal(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isValueObject(value)) return openState(value, secrets, note);
  return Promise.all(listOf(value).map((each) => open(each, secrets, note)));
}

function secretsIn(value: Secret | SecretText): readonly Secret[] {
  if (isSecret(value)) return [value];
  return value.parts.flatMap((part) => (typeof part === 'string' ? [] : secretsIn(part)));
}

function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [];
}
