import { quote } from '../../diagnostics/quote.ts';
import { trace, type Traced, type TracedList, type TracedMap, type WrittenAt } from './traced.ts';
import type { Property } from './property.ts';

/** What became of a property: it was set or taken away, there was nothing to take away, or it does not fit. */
export type SetResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'nothing-there' }
  | { readonly kind: 'unfit'; readonly problem: string };

const done: SetResult = { kind: 'done' };
const nothingThere: SetResult = { kind: 'nothing-there' };

/**
 * Sets or takes away the value at a path, in place.
 * Rule: maps that are missing on the way are made, for a value that is set; a list is entered by index, and `-1` as the last name appends;
 * taking away closes the gap in a list. What does not fit changes nothing.
 */
export function setProperty(root: Traced, { path, value, index }: Property): SetResult {
  const at: WrittenAt = { kind: 'property', index };
  const setting: Setting = { path, at, value: value === null ? undefined : trace(value, at) };
  let node = root;
  for (const depth of path.keys()) {
    const isLast = depth === path.length - 1;
    const step = isLast ? setLast(node, depth, setting) : enter(node, depth, setting);
    if (isResult(step)) return step;
    node = step;
  }
  return done;
}

interface Setting {
  readonly path: readonly string[];
  readonly at: WrittenAt;
  /** Nothing takes away. */
  readonly value: Traced | undefined;
}

function isResult(step: SetResult | Traced): step is SetResult {
  return step.kind === 'done' || step.kind === 'nothing-there' || step.kind === 'unfit';
}

/** The value that the next name leads to; a missing map is made. */
function enter(node: Traced, depth: number, setting: Setting): Traced | SetResult {
  const name = setting.path[depth] ?? '';
  if (node.kind === 'list') return findItem(node, name, '');
  if (node.kind !== 'map') return describeScalar(setting.path.slice(0, depth));
  const own = node.members.get(name);
  if (own) return own;
  if (!setting.value) return nothingThere;
  const made: TracedMap = { kind: 'map', at: setting.at, members: new Map(), removed: new Map() };
  setMember(node, name, made);
  return made;
}

function setLast(node: Traced, depth: number, setting: Setting): SetResult {
  const name = setting.path[depth] ?? '';
  if (node.kind === 'list') return setItem(node, name, setting.value);
  if (node.kind !== 'map') return describeScalar(setting.path.slice(0, depth));
  if (setting.value) return setMember(node, name, setting.value);
  if (!node.members.delete(name)) return nothingThere;
  node.removed.set(name, setting.at);
  return done;
}

function setMember(node: TracedMap, name: string, member: Traced): SetResult {
  node.members.set(name, member);
  node.removed.delete(name);
  return done;
}

function setItem(node: TracedList, name: string, value: Traced | undefined): SetResult {
  if (name === '-1' && value) {
    node.items.push(value);
    return done;
  }
  const own = findItem(node, name, value ? ' Write -1 to append.' : '');
  if (isResult(own)) return own;
  node.items.splice(Number(name), 1, ...(value ? [value] : []));
  return done;
}

function findItem({ items }: TracedList, name: string, advice: string): Traced | SetResult {
  if (!/^[+-]?\d{1,9}$/.test(name))
    return unfit(`${quote(name)} is no index of a list. Write a number from 0, or -1 to append: ${describeCount(items)}.`);
  const index = Number(name);
  return items[index] ?? unfit(`There is no item ${index}: ${describeCount(items)}.${advice}`);
}

function describeCount(items: readonly Traced[]): string {
  if (items.length === 0) return 'the list is empty';
  return items.length === 1 ? 'the list has one item, 0' : `the list has the items 0 to ${items.length - 1}`;
}

function describeScalar(path: readonly string[]): SetResult {
  const where = path.length === 0 ? 'The document' : quote(path.join('.'));
  return unfit(`${where} is neither a map nor a list, so nothing can be set within it.`);
}

function unfit(problem: string): SetResult {
  return { kind: 'unfit', problem };
}
