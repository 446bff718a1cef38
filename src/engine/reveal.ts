import {
  escapeForEnvFile,
  isSecretText,
  unreachable,
  type EnvironmentRef,
  type Outcome,
  type RevealSecret,
  type Secret,
  type SecretText,
} from '../core/index.ts';
import { OperationError } from './operation-error.ts';
import type { SeedBook } from './seeds.ts';

export interface RevealSource {
  readonly ref: EnvironmentRef;
  readonly seeds: SeedBook;
  readonly stored: (secret: { readonly key: string; readonly version: number }) => Promise<Outcome<string>>;
}

/**
 * Makes the one function that turns secret references into their values; it is handed to targets and drivers alone.
 * Reports: throws `OperationError` when a value cannot be had, so that nothing is ever written with a hole in it.
 */
export function createReveal(source: RevealSource): RevealSecret {
  const reveal = async (secret: Secret | SecretText): Promise<string> =>
    isSecretText(secret) ? revealText(secret, reveal) : revealOne(secret, source);
  return reveal;
}

async function revealText(text: SecretText, reveal: RevealSecret): Promise<string> {
  let joined = '';
  for (const part of text.parts) joined += typeof part === 'string' ? part : await reveal(part);
  return encode(joined, text.encoding);
}

function encode(text: string, encoding: SecretText['encoding']): string {
  if (encoding === 'base64') return Buffer.from(text, 'utf8').toString('base64');
  if (encoding === 'dotenv') return escapeForEnvFile(text);
  if (encoding === 'json') return JSON.stringify(text).slice(1, -1);
  return encoding === 'url' ? encodeURIComponent(text) : text;
}

async function revealOne(secret: Secret, source: RevealSource): Promise<string> {
  const { ref } = secret;
  switch (ref.kind) {
    case 'generated':
      return found(source.seeds.reveal(ref.uid, ref.name), `the generated value "${ref.name}" of ${ref.uid}`);
    case 'stored':
      return found((await source.stored(ref)).value, `version ${ref.version} of the secret "${ref.key}"`);
    case 'external':
      return found(undefined, `"${ref.key}" of the secret store "${ref.store}", which tutti never reads,`);
    case 'output':
      return found(undefined, `the secret output "${ref.name}" of ${ref.uid}`);
    case 'object':
      return found(undefined, `the key "${ref.key}" of the Secret "${ref.name}", which is not tutti's,`);
    default:
      return unreachable(ref);
  }
}

function found(value: string | undefined, what: string): string {
  if (value === undefined) throw new OperationError('secret-missing', `${what} cannot be revealed`);
  return value;
}
