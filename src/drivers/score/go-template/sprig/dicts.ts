import { failCall, mapAt, openMapAt, takes, takesAtLeast, textAt, type FunctionTable } from '../run/args.ts';
import { enter, leave, spend, type Run } from '../run/run.ts';
import { isMap, shownType } from '../values/types.ts';
import {
  entriesOf,
  getKey,
  hasKey,
  isNil,
  itemsOf,
  makeList,
  makeMap,
  openMap,
  sortedKeys,
  type GoMap,
  type GoObject,
  type Val,
} from '../values/value.ts';
import { mergeInto } from './merge.ts';
import { textOf } from './text.ts';
import { makeTexts } from './text-lists.ts';

/** Functions on maps. Where Go's order is left to chance, keys are in order. */
export const dictFunctions: FunctionTable = {
  dict: takesAtLeast(0, makeDict),
  get: takes(2, (args) => getKey(mapAt(args, 0), textAt(args, 1)) ?? emptyIfMissing(mapAt(args, 0), textAt(args, 1))),
  set: takes(3, setKey),
  unset: takes(2, unsetKey),
  hasKey: takes(2, (args) => hasKey(mapAt(args, 0), textAt(args, 1))),
  pluck: takesAtLeast(1, pluck),
  keys: takesAtLeast(0, (args, run) => makeTexts(args.flatMap((_, index) => keysOf(mapAt(args, index), run)))),
  values: takes(1, (args, run) => makeList(keysOf(mapAt(args, 0), run).map((key) => getKey(mapAt(args, 0), key)))),
  pick: takesAtLeast(1, pick),
  omit: takesAtLeast(1, omit),
  dig: takesAtLeast(3, dig),
  merge: takesAtLeast(1, (args, run) => mergeAll(args, { run, wins: 'first' })),
  mustMerge: takesAtLeast(1, (args, run) => mergeAll(args, { run, wins: 'first' })),
  mergeOverwrite: takesAtLeast(1, (args, run) => mergeAll(args, { run, wins: 'last' })),
  mustMergeOverwrite: takesAtLeast(1, (args, run) => mergeAll(args, { run, wins: 'last' })),
  deepCopy: takes(1, (args, run) => copyOf(args, run)),
  mustDeepCopy: takes(1, (args, run) => copyOf(args, run)),
};

function makeDict(args: readonly Val[], run: Run): GoMap {
  const entries = new Map<string, Val>();
  for (let index = 0; index < args.length; index += 2)
    entries.set(textOf(args[index], run), index + 1 < args.length ? (args[index + 1] ?? null) : '');
  return makeMap(entries);
}

function emptyIfMissing(map: GoMap, key: string): Val {
  return hasKey(map, key) ? null : '';
}

function setKey(args: readonly Val[], run: Run): GoMap {
  const map = openMapAt(args, 0, run);
  openMap(map).set(textAt(args, 1), args[2] ?? null);
  return map;
}

function unsetKey(args: readonly Val[]): GoMap {
  const map = mapAt(args, 0);
  if (hasKey(map, textAt(args, 1))) openMap(map).delete(textAt(args, 1));
  return map;
}

function keysOf(map: GoMap, run: Run): readonly string[] {
  const keys = sortedKeys(map);
  spend(run, keys.length);
  return keys;
}

function pluck(args: readonly Val[]): Val {
  const key = textAt(args, 0);
  const values = args.slice(1).map((_, index) => getKey(mapAt(args, index + 1), key));
  return makeList(values.filter((value) => value !== undefined));
}

function pick(args: readonly Val[]): GoMap {
  const map = mapAt(args, 0);
  const keys = args.slice(1).map((_, index) => textAt(args, index + 1));
  return makeMap(keys.filter((key) => hasKey(map, key)).map((key) => [key, getKey(map, key)] as const));
}

function omit(args: readonly Val[], run: Run): GoMap {
  const map = mapAt(args, 0);
  const omitted = new Set(args.slice(1).map((_, index) => textAt(args, index + 1)));
  return makeMap(
    keysOf(map, run)
      .filter((key) => !omitted.has(key))
      .map((key) => [key, getKey(map, key)] as const),
  );
}

/** The value at the end of the keys; the default where a key is missing on the way. */
function dig(args: readonly Val[], run: Run): Val {
  let value: Val = args.at(-1);
  for (const [index, key] of args.slice(0, -2).entries()) {
    if (typeof key !== 'string') return failCall(run, `a key has to be a string, and is ${describe(key)} (argument ${index + 1})`);
    if (!isMap(value) || value.element !== 'any')
      return failCall(run, `key ${index + 1} is looked for in what is ${describe(value)}, not map[string]interface {}`);
    value = getKey(value, key);
    if (value === undefined) return args.at(-2);
  }
  return value;
}

function describe(value: Val): string {
  return isNil(value) ? 'nil' : shownType(value);
}

function mergeAll(args: readonly Val[], how: { readonly run: Run; readonly wins: 'first' | 'last' }): GoMap {
  const target = args.length > 1 ? openMapAt(args, 0, how.run) : mapAt(args, 0);
  for (let index = 1; index < args.length; index++) mergeInto(target, mapAt(args, index), how);
  return target;
}

function copyOf(args: readonly Val[], run: Run): Val {
  const [value] = args;
  return isNil(value) ? failCall(run, 'deepCopy error: there is nothing to copy') : copyDeeply(value, run);
}

/** Only maps can change, so only they and what holds them are copied. */
function copyDeeply(value: Val, run: Run): Val {
  spend(run, 1);
  if (typeof value !== 'object' || value === null) return value;
  enter(run);
  const copy = copyObject(value, run);
  leave(run);
  return copy;
}

function copyObject(value: GoObject, run: Run): Val {
  if (value.kind === 'list')
    return value.isNil
      ? value
      : makeList(
          itemsOf(value).map((item) => copyDeeply(item, run)),
          value.element,
        );
  if (value.kind !== 'map') return value;
  return makeMap(
    entriesOf(value).map(([key, each]) => [key, copyDeeply(each, run)] as const),
    value.element,
  );
}
