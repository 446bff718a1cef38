import { slicePart } from '../builtins/access.ts';
import { failCall, intAt, itemsAt, listAt, takes, takesAtLeast, type FunctionEntry, type FunctionTable } from '../run/args.ts';
import { spend, type CalledFunction, type Run } from '../run/run.ts';
import { toInteger } from '../values/convert.ts';
import { isList, isTrue, kindName } from '../values/types.ts';
import { isNil, itemsOf, makeList, nilList, type GoList, type Val } from '../values/value.ts';
import { isDeepEqual } from './deep-equal.ts';

/** Functions on lists; each makes a new one. */
export const listFunctions: FunctionTable = {
  list: takesAtLeast(0, (args, run) => collect(args, run)),
  tuple: takesAtLeast(0, (args, run) => collect(args, run)),
  concat: takesAtLeast(0, concat),
  chunk: takes(2, chunk),
  mustChunk: takes(2, chunk),
  ...bothNames(
    'append',
    takes(2, (args, run) => collect([...itemsAt(args, 0, { run, task: 'push on' }), args[1]], run)),
  ),
  ...bothNames(
    'push',
    takes(2, (args, run) => collect([...itemsAt(args, 0, { run, task: 'push on' }), args[1]], run)),
  ),
  ...bothNames(
    'prepend',
    takes(2, (args, run) => collect([args[1], ...itemsAt(args, 0, { run, task: 'prepend on' })], run)),
  ),
  ...bothNames(
    'first',
    takes(1, (args, run) => itemsOf(listAt(args, 0, { run, task: 'find first on' })).at(0)),
  ),
  ...bothNames(
    'last',
    takes(1, (args, run) => itemsOf(listAt(args, 0, { run, task: 'find last on' })).at(-1)),
  ),
  ...bothNames(
    'rest',
    takes(
      1,
      partOf('find rest on', (items) => items.slice(1)),
    ),
  ),
  ...bothNames(
    'initial',
    takes(
      1,
      partOf('find initial on', (items) => items.slice(0, -1)),
    ),
  ),
  ...bothNames(
    'reverse',
    takes(1, (args, run) => collect(itemsAt(args, 0, { run, task: 'find reverse on' }).toReversed(), run)),
  ),
  ...bothNames(
    'compact',
    takes(1, (args, run) => collect(itemsAt(args, 0, { run, task: 'compact on' }).filter(isTrue), run)),
  ),
  ...bothNames(
    'uniq',
    takes(1, (args, run) => collect(dropRepeated(itemsAt(args, 0, { run, task: 'find uniq on' }), run), run)),
  ),
  ...bothNames('without', takesAtLeast(1, without)),
  ...bothNames('has', takes(2, has)),
  ...bothNames('slice', takesAtLeast(1, sliceList)),
};

/** Where Sprig has a second function that fails more openly: here both do. */
function bothNames(name: string, entry: FunctionEntry): FunctionTable {
  return { [name]: entry, [`must${name.slice(0, 1).toUpperCase()}${name.slice(1)}`]: entry };
}

function collect(items: readonly Val[], run: Run): GoList {
  spend(run, items.length / 8);
  return makeList(items);
}

function partOf(task: string, take: (items: readonly Val[]) => readonly Val[]): CalledFunction {
  return (args, run) => {
    const items = itemsAt(args, 0, { run, task });
    return items.length === 0 ? nilList : collect(take(items), run);
  };
}

function concat(args: readonly Val[], run: Run): GoList {
  const lists = args.map((_, index) => listOf(args, index, run));
  const items = lists.flatMap((list) => itemsOf(list));
  return items.length === 0 ? nilList : collect(items, run);
}

function listOf(args: readonly Val[], index: number, run: Run): GoList {
  const value = args[index];
  return isList(value) ? value : failCall(run, `Cannot concat type ${isNil(value) ? 'nil' : kindName(value)} as list`);
}

function chunk(args: readonly Val[], run: Run): GoList {
  const size = intAt(args, 0);
  const items = itemsOf(listAt(args, 1, { run, task: 'chunk' }));
  if (size <= 0) return failCall(run, `a list cannot be cut into parts of ${size}`);
  spend(run, items.length);
  const count = Math.ceil(items.length / size);
  const parts = Array.from({ length: count }, (_, index) => makeList(items.slice(index * size, (index + 1) * size)));
  return makeList(parts, 'list');
}

function dropRepeated(items: readonly Val[], run: Run): readonly Val[] {
  const kept: Val[] = [];
  // Texts and ints, the common case, are told apart at once.
  const seen = new Set<Val>();
  for (const item of items) {
    if (typeof item === 'string') spend(run, item.length / 64);
    const isSimple = typeof item !== 'object' && item !== undefined;
    if (isSimple ? seen.has(item) : isIn(kept, item, run)) continue;
    kept.push(item);
    if (isSimple) seen.add(item);
  }
  return kept;
}

function isIn(items: readonly Val[], value: Val, run: Run): boolean {
  return items.some((item) => isDeepEqual(item, value, run));
}

function without(args: readonly Val[], run: Run): GoList {
  const [, ...omitted] = args;
  return collect(
    itemsAt(args, 0, { run, task: 'find without on' }).filter((item) => !isIn(omitted, item, run)),
    run,
  );
}

function has(args: readonly Val[], run: Run): boolean {
  if (isNil(args[1])) return false;
  return isIn(itemsAt(args, 1, { run, task: 'find has on' }), args[0], run);
}

/** Sprig's takes lists only; a text is cut as text/template's own would. */
function sliceList(args: readonly Val[], run: Run): Val {
  const [value, start, end] = args;
  if (typeof value === 'string') return slicePart(args, run);
  if (!isList(value)) return failCall(run, `list should be type of slice or array but ${isNil(value) ? 'nil' : kindName(value)}`);
  const items = itemsOf(value);
  if (items.length === 0) return null;
  const from = Number(toInteger(start));
  const to = args.length < 3 ? items.length : Number(toInteger(end));
  spend(run, Math.max(to - from, 0));
  if (from < 0 || to > items.length || from > to)
    return failCall(run, `slice bounds out of range [${from}:${to}] of a list of ${items.length}`);
  return makeList(items.slice(from, to), value.element);
}
