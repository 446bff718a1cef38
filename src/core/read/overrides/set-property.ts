import { quote } from '../../diagnostics/quote.ts';
import { trace, type Traced, type TracedList, type TracedMap, type WrittenAt } from './traced.ts';
import type { Property } from './property.ts';

/** What became of a property: the changed data, or why it does not fit. */
export type SetResult =
  | { readonly kind: 'changed'; readonly traced: Traced }
  | { readonly kind: 'nothing-there' }
  | { readonly kind: 'unfit'; readonly problem: string };

/**
 * Sets or takes away the value at a path.
 * Rule: maps that are missing on the way are made, for a value that is set; a list is entered by index, and `-1` as the last name appends;
 * taking away closes the gap in a list.
 */
export function setProperty(root: Traced, { path, value, index }: Property): SetResult {
  const at: WrittenAt = { kind: 'property', index };
  return setIn(root, { path, done: 0, at, value: value === null ? undefined : trace(value, at) });
}

interface Setting {
  readonly path: readonly string[];
  /** How many names were followed. */
  readonly done: number;
  readonly at: WrittenAt;
  /** Nothing takes away. */
  readonly value: Traced | undefined;
}

function setIn(node: Traced, setting: Setting): SetResult {
  if (node.kind === 'map') return setInMap(node, setting);
  if (node.kind === 'list') return setInList(node, setting);
  const where = setting.path.slice(0, setting.done).join('.');
  return unfit(`${where === '' ? 'The document' : quote(where)} is neither a map nor a list, so nothing can be set within it.`);
}

function setInMap(node: TracedMap, setting: Setting): SetResult {
  const name = setting.path[setting.done] ?? '';
  const own = node.members.get(name);
  if (setting.done < setting.path.length - 1) {
    if (!own && !setting.value) return { kind: 'nothing-there' };
    const next = own ?? { kind: 'map', at: setting.at, members: new Map(), removed: new Map() };
    return change(setIn(next, { ...setting, done: setting.done + 1 }), (member) => withMember(node, name, member));
  }
  if (setting.value) return { kind: 'changed', traced: withMember(node, name, setting.value) };
  return own ? { kind: 'changed', traced: withoutMember(node, name, setting.at) } : { kind: 'nothing-there' };
}

function withMember(node: TracedMap, name: string, member: Traced): TracedMap {
  const removed = new Map(node.removed);
  removed.delete(name);
  return { ...node, members: new Map(node.members).set(name, member), removed };
}

function withoutMember(node: TracedMap, name: string, at: WrittenAt): TracedMap {
  const members = new Map(node.members);
  members.delete(name);
  return { ...node, members, removed: new Map(node.removed).set(name, at) };
}

function setInList(node: TracedList, setting: Setting): SetResult {
  const name = setting.path[setting.done] ?? '';
  const { items } = node;
  if (!/^[+-]?\d{1,9}$/.test(name))
    return unfit(`${quote(name)} is no index of a list. Write a number from 0, or -1 to append: ${describeCount(items)}.`);
  const index = Number(name);
  const isLast = setting.done === setting.path.length - 1;
  if (index === -1 && isLast && setting.value) return { kind: 'changed', traced: { ...node, items: [...items, setting.value] } };
  const own = items[index];
  if (!own) return unfit(`There is no item ${index}: ${describeCount(items)}.${isLast && setting.value ? ' Write -1 to append.' : ''}`);
  if (isLast) return { kind: 'changed', traced: { ...node, items: items.toSpliced(index, 1, ...(setting.value ? [setting.value] : [])) } };
  return change(setIn(own, { ...setting, done: setting.done + 1 }), (item) => ({ ...node, items: items.with(index, item) }));
}

function describeCount(items: readonly Traced[]): string {
  if (items.length === 0) return 'the list is empty';
  return items.length === 1 ? 'the list has one item, 0' : `the list has the items 0 to ${items.length - 1}`;
}

function change(result: SetResult, wrap: (traced: Traced) => Traced): SetResult {
  return result.kind === 'changed' ? { kind: 'changed', traced: wrap(result.traced) } : result;
}

function unfit(problem: string): SetResult {
  return { kind: 'unfit', problem };
}
