import { digestOf } from '../../model/digest.ts';
import { isSecret, isSecretText, type Secret, type SecretText, type Value, type ValueObject } from '../../model/value.ts';
import { isList, mapOf, textOf } from './make-object.ts';

/** Secret values that containers get by reference, gathered for the one Secret that holds them. */
export interface SecretBin {
  readonly name: string;
  readonly values: Map<string, SecretText>;
}

export function openSecretBin(name: string): SecretBin {
  return { name, values: new Map() };
}

/** Puts a secret into the bin, and gives the entry of `env` that refers to it. */
export function referToSecret(
  bin: SecretBin,
  variable: { readonly container: string; readonly name: string; readonly value: Secret | SecretText },
): ValueObject {
  const key = keyOf(variable.container, variable.name);
  bin.values.set(key, { $tutti: 'secretText', parts: [variable.value], encoding: 'base64' });
  return { name: variable.name, valueFrom: { secretKeyRef: { name: bin.name, key } } };
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
    data: Object.fromEntries([...bin.values].toSorted(([left], [right]) => (left < right ? -1 : 1))),
  };
}

/** Rewrites secrets in the `env` of every container of a structure to references. */
export function extractSecretEnv(value: Value, bin: SecretBin): Value {
  if (isList(value)) return value.map((each) => extractSecretEnv(each, bin));
  if (typeof value !== 'object' || value === null || isSecret(value) || isSecretText(value)) return value;
  const map = mapOf(value);
  if (Object.keys(map).length === 0) return value;
  const container = textOf(map['name']);
  return Object.fromEntries(
    Object.entries(map).map(([key, each]) => {
      const isEnv = key === 'env' && isList(each) && 'image' in map;
      return [key, isEnv ? each.map((entry) => rewriteEntry(entry, container, bin)) : extractSecretEnv(each, bin)];
    }),
  );
}

function rewriteEntry(entry: Value, container: string, bin: SecretBin): Value {
  const map = mapOf(entry);
  const value = map['value'];
  if (!isSecret(value) && !isSecretText(value)) return entry;
  return referToSecret(bin, { container, name: textOf(map['name']), value });
}
