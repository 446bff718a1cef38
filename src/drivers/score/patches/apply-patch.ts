import type { Json, JsonObject } from '../../../core/index.ts';
import { isMap } from '../merge-patch.ts';
import type { Step } from './path.ts';

/** The longest list that a patch may make by naming a place in it. */
const indexMax = 10_000;

export type Patched = { readonly value: Json | undefined } | { readonly problem: string };

/** Puts a value at a path. What is missing on the way is made: a list where the next step is a place in one, else a map. */
export function setAt(target: Json | undefined, [step, ...rest]: readonly Step[], value: Json): Patched {
  if (!step) return { value };
  if (step.kind === 'key') return setKey(target, step.key, (inner) => setAt(inner, rest, value));
  if (isMap(target) && step.kind === 'index') return setKey(target, String(step.index), (inner) => setAt(inner, rest, value));
  return setItem(target, step, (inner) => setAt(inner, rest, value));
}

function setKey(target: Json | undefined, key: string, change: (inner: Json | undefined) => Patched): Patched {
  if (target !== undefined && target !== null && !isMap(target)) return { problem: `there is no map in which "${key}" could be set` };
  const inner = change(memberOf(target, key));
  if ('problem' in inner) return inner;
  return { value: withMember(isMap(target) ? target : {}, key, inner.value ?? null) };
}

function setItem(target: Json | undefined, step: Exclude<Step, { kind: 'key' }>, change: (inner: Json | undefined) => Patched): Patched {
  const shown = step.kind === 'append' ? '-1' : String(step.index);
  if (target !== undefined && target !== null && !Array.isArray(target))
    return { problem: `there is no list in which "${shown}" could be set` };
  const items: readonly Json[] = Array.isArray(target) ? target : [];
  const index = step.kind === 'append' ? items.length : step.index;
  if (index > items.length + indexMax) return { problem: `"${shown}" is far behind the end of the list` };
  const inner = change(items[index]);
  if ('problem' in inner) return inner;
  const length = Math.max(items.length, index + 1);
  return { value: Array.from({ length }, (_, each) => (each === index ? (inner.value ?? null) : (items[each] ?? null))) };
}

/** Takes away what is at a path; nothing where there is nothing. */
export function deleteAt(target: Json, [step, ...rest]: readonly Step[]): Json {
  if (!step) return target;
  if (isMap(target)) return deleteKey(target, step.kind === 'key' ? step.key : step.kind === 'index' ? String(step.index) : '-1', rest);
  return Array.isArray(target) && step.kind !== 'key' ? deleteItem(target, step, rest) : target;
}

function deleteKey(target: JsonObject, key: string, rest: readonly Step[]): Json {
  if (!Object.hasOwn(target, key)) return target;
  if (rest.length === 0) return Object.fromEntries(Object.entries(target).filter(([each]) => each !== key));
  return withMember(target, key, deleteAt(target[key] ?? null, rest));
}

function deleteItem(items: readonly Json[], step: Exclude<Step, { kind: 'key' }>, rest: readonly Step[]): Json {
  const index = step.kind === 'append' ? items.length - 1 : step.index;
  if (index < 0 || index >= items.length) return items;
  return rest.length === 0
    ? items.filter((_, each) => each !== index)
    : items.map((item, each) => (each === index ? deleteAt(item, rest) : item));
}

function memberOf(target: Json | undefined, key: string): Json | undefined {
  return isMap(target) && Object.hasOwn(target, key) ? target[key] : undefined;
}

function withMember(target: JsonObject, key: string, value: Json): JsonObject {
  return Object.fromEntries([...Object.entries(target).filter(([each]) => each !== key), [key, value]]);
}
