import type { ObjectKey } from './rendering.ts';
import { brandObjectKey } from './uid.ts';

export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The key of an object: `group/Kind:namespace/name`. The version plays no part: it is the same object in each. */
export function makeObjectKey({ apiVersion, kind, namespace, name }: ObjectIdentity): ObjectKey {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return brandObjectKey(`${group}/${kind}:${namespace}/${name}`);
}

export interface ObjectKeyParts {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Takes the key of an object apart; group and namespace may be empty. */
export function splitObjectKey(key: ObjectKey): ObjectKeyParts {
  const [, group = '', kind = '', namespace = '', name = ''] = /^([^/]*)\/([^:]*):([^/]*)\/(.*)$/.exec(key) ?? [];
  return { group, kind, namespace, name };
}

/** `StatefulSet pg-1 in shop-staging`, for people. */
export function describeObject(key: ObjectKey): string {
  const { kind, namespace, name } = splitObjectKey(key);
  return namespace === '' ? `${kind} ${name}` : `${kind} ${name} in ${namespace}`;
}
