import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { describeObject, makeObjectKey } from '../../model/object-key.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Uid } from '../../model/uid.ts';
import { isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { digestAndMeasure } from '../for-digest.ts';

const bytesMax = 1024 * 1024;

/**
 * Gives finished bodies their keys and hashes.
 * Reports: T4110 for one that is too large.
 */
export function makeObjects(
  node: Uid,
  bodies: readonly ValueObject[],
): { readonly objects: readonly RenderedObject[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const objects = bodies.map((body) => {
    const { object, sizeBytes } = measureObject(node, body);
    if (sizeBytes > bytesMax) {
      const detail = `${describeObject(object.key)}, of ${node}, would have ${(sizeBytes / bytesMax).toFixed(1)} MiB.`;
      diagnostics.push(diagnose('T4110', { detail }));
    }
    return object;
  });
  return { objects, diagnostics };
}

/** Gives a finished body its key and hash. */
export function makeObject(node: Uid, body: ValueObject): RenderedObject {
  return measureObject(node, body).object;
}

function measureObject(node: Uid, body: ValueObject): { readonly object: RenderedObject; readonly sizeBytes: number } {
  const metadata = mapOf(body['metadata']);
  const key = makeObjectKey({
    apiVersion: textOf(body['apiVersion']),
    kind: textOf(body['kind']),
    namespace: textOf(metadata['namespace']),
    name: textOf(metadata['name']),
  });
  const { digest, sizeBytes } = digestAndMeasure(body);
  return { object: { key, node, body, hash: digest }, sizeBytes };
}

export function mapOf(value: Value | undefined): ValueObject {
  return isValueObject(value) ? value : {};
}

export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A member that a map has of its own: `constructor` is no member of an empty one. */
export function memberOf(map: ValueObject, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Names that come more than once; each once, in their order. */
export function findRepeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of names) (seen.has(name) ? repeated : seen).add(name);
  return [...repeated];
}

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** A map with a value at a path, maps on the way made where there are none. */
export function withValue(map: ValueObject, path: readonly string[], value: Value): ValueObject {
  const [first, ...rest] = path;
  if (first === undefined) return map;
  const inner = rest.length === 0 ? value : withValue(mapOf(map[first]), rest, value);
  return { ...map, [first]: inner };
}

export function valueAt(map: ValueObject, path: readonly string[]): Value | undefined {
  let value: Value | undefined = map;
  for (const step of path) value = isValueObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}
