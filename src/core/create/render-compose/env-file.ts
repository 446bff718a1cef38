import { compareText } from '../../model/compare.ts';
import {
  isMark,
  isSecret,
  isSecretText,
  isUnknown,
  type Secret,
  type SecretText,
  type Value,
  type ValueObject,
} from '../../model/value.ts';
import { holdsSecret } from '../render/loose-secrets.ts';
import { isList, textOf } from '../render/make-object.ts';
import { escapeForEnvFile, escapeQuoted } from './escape.ts';
import type { ComposeEntry } from './sections.ts';

/** Whether `$` is a dollar or the beginning of one of Compose's own variables. */
export type DollarMeaning = 'literal' | 'variable';

/** A service whose secrets in the environment stand in a file of their own. */
export interface ServiceEnvironment {
  readonly service: ValueObject;
  readonly file?: ComposeEntry;
  /** Names that no env file can have. */
  readonly unwritable: readonly string[];
}

const variableName = /^[A-Za-z0-9_.-]+$/;

/**
 * Moves the variables with a secret in them out of `environment` into an env file, which only its owner can read.
 * Shape: where there is none the same service comes out.
 */
export function extractEnvFile(name: string, service: ValueObject, dollars: DollarMeaning): ServiceEnvironment {
  const given = service['environment'];
  if (given === undefined || !holdsSecret(given)) return { service, unwritable: [] };
  const variables = readEnvironment(given);
  const secret = [...variables].filter(([, value]) => holdsSecret(value)).toSorted(([left], [right]) => compareText(left, right));
  const plain = Object.fromEntries([...variables].filter(([, value]) => !holdsSecret(value)));
  const path = `env/${name}.env`;
  const { environment: _, ...rest } = service;
  return {
    service: {
      ...rest,
      ...(Object.keys(plain).length > 0 && { environment: plain }),
      env_file: [...readEnvFiles(service['env_file']), { path: `./${path}` }],
    },
    file: { section: 'files', name: path, value: { content: writeEnvLines(secret, dollars), mode: '0600' } },
    unwritable: secret.map(([key]) => key).filter((key) => !variableName.test(key)),
  };
}

/** Variables by name, of the map as of the list of `NAME=value`. */
export function readEnvironment(given: Value | undefined): ReadonlyMap<string, Value> {
  if (isList(given)) return new Map(given.map(splitAssignment));
  if (typeof given !== 'object' || given === null || isMark(given)) return new Map();
  return new Map(Object.entries(given));
}

function splitAssignment(assignment: Value): readonly [string, Value] {
  if (isSecretText(assignment)) return splitSecretAssignment(assignment);
  const text = textOf(assignment);
  const at = text.indexOf('=');
  // A name alone takes the value that the shell has.
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function splitSecretAssignment({ parts, encoding }: SecretText): readonly [string, Value] {
  const [first, ...others] = parts;
  const text = typeof first === 'string' ? first : '';
  const at = text.indexOf('=');
  const value: SecretText = { $tutti: 'secretText', parts: [text.slice(at + 1), ...others], ...(encoding !== undefined && { encoding }) };
  return [at < 0 ? '' : text.slice(0, at), value];
}

function readEnvFiles(given: Value | undefined): readonly Value[] {
  if (given === undefined) return [];
  return isList(given) ? given : [given];
}

/** Writes variables as an env file, one a line. */
export function writeEnvLines(variables: readonly (readonly [string, Value])[], dollars: DollarMeaning): SecretText {
  const parts = variables.flatMap(([name, value]) => [`${name}="`, ...partsOf(value, dollars), '"\n']);
  return { $tutti: 'secretText', parts };
}

function partsOf(value: Value, dollars: DollarMeaning): readonly (string | Secret | SecretText)[] {
  if (typeof value === 'string') return [dollars === 'literal' ? escapeForEnvFile(value) : escapeQuoted(value)];
  if (isSecret(value)) return [encode(value)];
  if (!isSecretText(value) || isUnknown(value)) return [];
  if (dollars === 'literal' || value.encoding !== undefined) return [encode(value)];
  return value.parts.map((part) => (typeof part === 'string' ? escapeQuoted(part) : encode(part)));
}

function encode(value: Secret | SecretText): SecretText {
  return { $tutti: 'secretText', parts: [value], encoding: 'dotenv' };
}
