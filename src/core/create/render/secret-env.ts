import { compareText } from '../../model/compare.ts';
import { digestOf } from '../../model/digest.ts';
import { isSecret, isSecretText, isValueObject, type Secret, type SecretText, type Value, type ValueObject } from '../../model/value.ts';
import { digestValue } from '../for-digest.ts';
import { holdsSecret } from './loose-secrets.ts';
import { isList, mapOf, textOf } from './make-object.ts';

/** Secret values that containers get by reference, gathered for the one Secret that holds them. */
export interface SecretBin {
  readonly name: string;
  readonly values: Map<string, SecretText>;
}

export function openSecretBin(name: string): SecretBin {
  return { name, values: new Map() };
}

/** A variable of a container whose value holds a secret. */
export interface SecretVariable {
  readonly container: string;
  readonly name: string;
  readonly value: Secret | SecretText;
}

/**
 * Gives the entries of `env` for a variable with a secret.
 * Rule: its value goes into the bin, and one entry refers to it. Where it holds a key of a Secret that tutti does not hold, each secret gets an
 * entry before it, and the value is joined in the container.
 */
export function referToSecrets(bin: SecretBin, variable: SecretVariable): readonly ValueObject[] {
  const { value, name } = variable;
  if (isSecret(value) && value.ref.kind === 'object')
    return [{ name, valueFrom: { secretKeyRef: { name: value.ref.name, key: value.ref.key } } }];
  if (!isSecretText(value) || value.encoding !== undefined || !value.parts.some(isForeign)) return [referToSecret(bin, variable)];
  const helpers: ValueObject[] = [];
  const texts = value.parts.map((part) => {
    if (typeof part === 'string') return escapeReferences(part);
    const helper = `_ref_${digestValue(part).slice(0, 16)}`;
    if (!helpers.some((each) => each['name'] === helper)) helpers.push(...referToSecrets(bin, { ...variable, name: helper, value: part }));
    return `$(${helper})`;
  });
  return [...helpers, { name, value: texts.join('') }];
}

function isForeign(part: SecretText['parts'][number]): boolean {
  if (typeof part === 'string') return false;
  return isSecret(part) ? part.ref.kind === 'object' : part.parts.some(isForeign);
}

/**
 * Kubernetes expands `$(NAME)` in the values of variables, and takes `$$` for `$`; Score has no such thing. So that the
 * container sees just what the Score file says, every `$` that could mean something is doubled.
 */
export function escapeReferences(text: string): string {
  return text.replaceAll(/\$+(?=\()|\${2,}/g, (dollars) => dollars + dollars);
}

/** Puts a secret into the bin, and gives the entry of `env` that refers to it. */
function referToSecret(bin: SecretBin, variable: SecretVariable): ValueObject {
  const value: SecretText = { $tutti: 'secretText', parts: [variable.value], encoding: 'base64' };
  const key = freeKey(bin, keyOf(variable.container, variable.name), value);
  bin.values.set(key, value);
  return { name: variable.name, valueFrom: { secretKeyRef: { name: bin.name, key } } };
}

/** Objects with several pods may use a name of container and variable twice, for different values. */
function freeKey(bin: SecretBin, key: string, value: SecretText): string {
  const known = bin.values.get(key);
  const isFree = !known || digestValue(known) === digestValue(value);
  return isFree ? key : `${key}.${digestValue(value).slice(0, 16)}`;
}

/** Keys of a Secret hold letters, digits, `-`, `_` and `.`; other names of variables get a hash. */
function keyOf(container: string, name: string): string {
  const plain = `${container}.${name}`;
  return /^[-._a-zA-Z0-9]{1,200}$/.test(plain) ? plain : `${container}.${digestOf(name).slice(0, 16)}`;
}

/** The Secret of a bin; `undefined` where nothing is in it. */
export function secretOfBin(bin: SecretBin, metadata: ValueObject): ValueObject | undefined {
  if (bin.values.size === 0) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...metadata, name: bin.name },
    type: 'Opaque',
    data: Object.fromEntries([...bin.values].toSorted(([left], [right]) => compareText(left, right))),
  };
}

/**
 * Rewrites secrets in the `env` of every container of a structure to references.
 * Shape: where there is none the same object comes out.
 */
export function extractSecretEnv(value: Value, bin: SecretBin): Value {
  return holdsSecret(value) ? rewrite(value, bin) : value;
}

function rewrite(value: Value, bin: SecretBin): Value {
  if (isList(value)) return value.map((each) => rewrite(each, bin));
  if (!isValueObject(value)) return value;
  const map = value;
  const container = textOf(map['name']);
  return Object.fromEntries(
    Object.entries(map).map(([key, each]) => {
      const isEnv = key === 'env' && isList(each) && 'image' in map;
      return [key, isEnv ? each.flatMap((entry) => rewriteEntry(entry, container, bin)) : rewrite(each, bin)];
    }),
  );
}

function rewriteEntry(entry: Value, container: string, bin: SecretBin): readonly Value[] {
  const map = mapOf(entry);
  const value = map['value'];
  if (!isSecret(value) && !isSecretText(value)) return [entry];
  return referToSecrets(bin, { container, name: textOf(map['name']), value });
}
