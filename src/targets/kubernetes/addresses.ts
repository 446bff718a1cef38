import { splitObjectKey, type JsonObject, type ObjectKey, type Value, type ValueObject } from '../../core/index.ts';
import { mapOf, textOf } from './fields.ts';
import type { Address } from './cluster.ts';

/** Where a rendered object goes; its key says everything but the version. */
export function addressOf(key: ObjectKey, body: ValueObject): Address {
  const { kind, namespace, name } = splitObjectKey(key);
  const apiVersion = body['apiVersion'];
  return { apiVersion: isText(apiVersion) ? apiVersion : '', kind, name, ...(namespace !== '' && { namespace }) };
}

/** Where a live object is. */
export function addressOfLive(live: JsonObject): Address {
  const { name, namespace } = mapOf(live['metadata']);
  return {
    apiVersion: textOf(live['apiVersion']),
    kind: textOf(live['kind']),
    name: textOf(name),
    ...(typeof namespace === 'string' && { namespace }),
  };
}

/** `Deployment shop/web`. */
export function describeAddress({ kind, namespace, name }: Address): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function isText(value: Value | undefined): value is string {
  return typeof value === 'string';
}
