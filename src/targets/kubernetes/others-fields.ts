import type { Json, JsonObject, ObjectKey, TargetRequest } from '../../core/index.ts';
import type { Address } from './cluster.ts';
import { listOf, mapOf, textOf } from './fields.ts';

/**
 * Lists fields of an object that are left to others: by the target's rules for its kind, and those whose drift somebody has accepted.
 * Shape: JSON pointers; `*` stands for every item of a list.
 */
export function listOthersFields({ inputs, inventory }: TargetRequest, key: ObjectKey, { apiVersion, kind }: Address): readonly string[] {
  const rules = listOf(inputs['ignore']).map(mapOf);
  const holding = rules.filter((rule) => rule['kind'] === kind && (rule['apiVersion'] === undefined || rule['apiVersion'] === apiVersion));
  return [...holding.flatMap(({ paths }) => listOf(paths).map(textOf)), ...(inventory[key]?.accepted ?? [])];
}

/**
 * Puts what stands there now into fields that are left to others.
 * Rule: what is applied says the same as what is there, so nobody is contradicted, and nothing falls back to a default when we no longer say
 * anything; a field that is not there is not said either.
 */
export function followLive(body: JsonObject, live: JsonObject, paths: readonly string[]): JsonObject {
  return paths.reduce((followed, path) => mapOf(follow(followed, live, split(path)) ?? followed), body);
}

function split(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function follow(wanted: Json | undefined, live: Json | undefined, [step, ...rest]: readonly string[]): Json | undefined {
  if (step === undefined) return live;
  if (Array.isArray(wanted)) return followItems(wanted, live, [step, ...rest]);
  const [map, there] = [mapOf(wanted), mapOf(live)];
  // Nothing is said of what lies within a field that neither has.
  if (wanted === undefined && there[step] === undefined) return undefined;
  const value = follow(map[step], there[step], rest);
  const others = Object.fromEntries(Object.entries(map).filter(([name]) => name !== step));
  return value === undefined ? others : { ...others, [step]: value };
}

function followItems(wanted: readonly Json[], live: Json | undefined, [step, ...rest]: readonly string[]): Json {
  const items = listOf(live);
  return wanted.map((item, index) => {
    if (step !== '*' && step !== String(index)) return item;
    return follow(item, findItem(items, item, index), rest) ?? item;
  });
}

/** Items with names are found by them, wherever they stand. */
function findItem(items: readonly Json[], item: Json, index: number): Json | undefined {
  const { name } = mapOf(item);
  return typeof name === 'string' ? items.find((each) => mapOf(each)['name'] === name) : items[index];
}
