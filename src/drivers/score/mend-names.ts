import type { Json, JsonObject } from '../../core/index.ts';
import { isMap } from './merge-patch.ts';
import type { Provisioned } from './provisioned.ts';

/** Kinds whose names may hold capitals. */
const looseGroups = /^rbac\.authorization\.k8s\.io\//;

/**
 * Writes random letters small where a name for Kubernetes was made of them.
 * Rule: names have no capitals there, and public provisioners make some of `randAlphaNum` all the same. What is random can be written
 * small, everywhere at once; a name that has capitals otherwise stays, and is refused as it should be.
 */
export function mendNames(given: Provisioned, random: ReadonlySet<string>): Provisioned {
  const names = given.manifests.flatMap(nameOf).filter((name) => name !== name.toLowerCase());
  if (names.length === 0) return given;
  const wanted = [...random].filter((text) => text !== text.toLowerCase() && names.some((name) => name.includes(text)));
  if (wanted.length === 0) return given;
  return {
    ...given,
    state: lowerMap(given.state, wanted),
    outputs: lowerMap(given.outputs, wanted),
    shared: lowerMap(given.shared, wanted),
    manifests: given.manifests.map((manifest) => lowerMap(manifest, wanted)),
  };
}

function nameOf({ apiVersion, metadata }: JsonObject): readonly string[] {
  const name = isMap(metadata) ? metadata['name'] : undefined;
  return typeof name === 'string' && !(typeof apiVersion === 'string' && looseGroups.test(apiVersion)) ? [name] : [];
}

function lowerMap(map: JsonObject, wanted: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, lower(value, wanted)]));
}

function lower(value: Json, wanted: readonly string[]): Json {
  if (typeof value === 'string') return wanted.reduce((text, each) => text.replaceAll(each, each.toLowerCase()), value);
  if (typeof value !== 'object' || value === null) return value;
  return isMap(value) ? lowerMap(value, wanted) : listOf(value).map((each) => lower(each, wanted));
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
