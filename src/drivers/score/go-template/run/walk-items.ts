import { failTemplate } from '../fault.ts';
import { integerOf, isList, isMap, typeName } from '../values/types.ts';
import { entriesOf, isNil, itemsOf, makeInteger, type GoInteger, type Val } from '../values/value.ts';
import { spend, type Run } from './run.ts';

/** Is told the index or key and the element; says whether to go on. */
export type Visit = (index: Val, item: Val) => boolean;

/** Goes through what a `range` is given, maps in order of their keys; gives how many there were to go through. */
export function walkItems(value: Val, { run, targets }: { readonly run: Run; readonly targets: number }, visit: Visit): number {
  if (isList(value)) return walkList(itemsOf(value), visit);
  if (isMap(value)) {
    const entries = entriesOf(value);
    spend(run, entries.length);
    for (const [key, item] of entries) if (!visit(key, item)) break;
    return entries.length;
  }
  if (isNil(value)) return 0;
  const count = integerOf(value);
  if (count === undefined) failTemplate(`range can't iterate over a value of type ${typeName(value)}`);
  if (targets > 1) failTemplate("can't use a number to iterate over more than one variable");
  return walkNumbers(value, Number(count), visit);
}

function walkList(items: readonly Val[], visit: Visit): number {
  for (const [index, item] of items.entries()) if (!visit(index, item ?? null)) break;
  return items.length;
}

/** From zero on, in the type of the number. */
function walkNumbers(value: Val, count: number, visit: Visit): number {
  const type = isInteger(value) ? value.type : 'int';
  for (let index = 0; index < count; index++) if (!visit(undefined, makeInteger(type, index))) break;
  return Math.max(0, count);
}

function isInteger(value: Val): value is GoInteger {
  return typeof value === 'object' && value !== null && value.kind === 'integer';
}
