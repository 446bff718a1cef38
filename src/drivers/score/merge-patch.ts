import type { Json, JsonObject } from '../../core/index.ts';

/** Merges a patch into a map: maps are merged, null removes, anything else replaces. Source: RFC 7386. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, isMap(value) ? mergePatch(asMap(merged.get(key)), value) : value);
  }
  return Object.fromEntries(merged);
}

function asMap(value: Json | undefined): JsonObject {
  return isMap(value) ? value : {};
}

/** Says whether data is a map. */
export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
