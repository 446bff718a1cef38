import { makeObjectKey } from '../../model/object-key.ts';
import type { ObjectKey } from '../../model/rendering.ts';
import type { Json, JsonObject } from '../../model/value.ts';
import { parseYaml } from '../../read/yaml.ts';
import { shownSecret } from '../plan/show-value.ts';

/** Reads back the object in a file, its secrets hidden; nothing where the file does not hold exactly one. */
export function readLiveObject(path: string, text: string): JsonObject | undefined {
  const { value } = parseYaml(path, text);
  const data = value?.length === 1 ? value[0]?.value : undefined;
  return isMap(data) ? hideLiveSecret(data) : undefined;
}

/** The key of an object that was read back; nothing where it is none. */
export function keyOfLiveObject(body: JsonObject): ObjectKey | undefined {
  const { apiVersion, kind, metadata } = body;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isMap(metadata)) return undefined;
  const { name, namespace = '' } = metadata;
  if (typeof name !== 'string' || typeof namespace !== 'string') return undefined;
  return makeObjectKey({ apiVersion, kind, name, namespace });
}

/** Hides the data of a Secret that was read back from where it lies. */
export function hideLiveSecret(live: JsonObject): JsonObject {
  if (live['kind'] !== 'Secret') return live;
  return Object.fromEntries(
    Object.entries(live).map(([key, value]) => [key, key === 'data' || key === 'stringData' ? hideLeaves(value) : value]),
  );
}

function hideLeaves(value: Json): Json {
  if (!isMap(value)) return shownSecret;
  return Object.fromEntries(Object.keys(value).map((key) => [key, shownSecret]));
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
