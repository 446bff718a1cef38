import { failTemplate } from '../fault.ts';
import { isList, isMap, kindName, shownType } from '../values/types.ts';
import { isNil, itemsOf, makeMap, type GoList, type GoMap, type GoTime, type Val } from '../values/value.ts';
import { spend, type CalledFunction, type Run } from './run.ts';

/** A function of the table: how many arguments it takes, and what it does. */
export interface FunctionEntry {
  readonly min: number;
  readonly max: number;
  readonly call: CalledFunction;
}

export type FunctionTable = Readonly<Record<string, FunctionEntry>>;

export function takes(count: number, call: CalledFunction): FunctionEntry {
  return { min: count, max: count, call };
}

/** A function of any number of arguments, but at least so many. */
export function takesAtLeast(min: number, call: CalledFunction): FunctionEntry {
  return { min, max: Number.POSITIVE_INFINITY, call };
}

/** Ends the template because the function that runs cannot do what it was told. */
export function failCall(run: Run, message: string): never {
  return failTemplate(`error calling ${run.near ?? 'a function'}: ${message}`);
}

function failType(expected: string, args: readonly Val[], index: number): never {
  const value = args[index];
  const found =
    value === undefined ? `invalid value; expected ${expected}` : `wrong type for value; expected ${expected}; got ${shownType(value)}`;
  return failTemplate(args.length > 1 ? `${found} (argument ${index + 1})` : found);
}

export function textAt(args: readonly Val[], index: number): string {
  const value = args[index];
  return typeof value === 'string' ? value : failType('string', args, index);
}

/** An int, as a JS number; an int64 is none, as in Go. A whole number of the template is one however it is written. */
export function intAt(args: readonly Val[], index: number): number {
  const value = args[index];
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return failType('int', args, index);
  if (value.kind === 'integer' && value.type === 'int') return Number(value.value);
  const isWhole = value.kind === 'float' && value.isLiteral && Number.isSafeInteger(value.value);
  return isWhole ? value.value : failType('int', args, index);
}

export function booleanAt(args: readonly Val[], index: number): boolean {
  const value = args[index];
  return typeof value === 'boolean' ? value : failType('bool', args, index);
}

export function floatAt(args: readonly Val[], index: number): number {
  const value = args[index];
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null && value.kind === 'float' ? value.value : failType('float64', args, index);
}

const emptyMap: GoMap = makeMap([]);

/** A map to read; no value is an empty one. */
export function mapAt(args: readonly Val[], index: number): GoMap {
  const value = args[index];
  if (value === undefined) return emptyMap;
  return isMap(value) && value.element === 'any' ? value : failType('map[string]interface {}', args, index);
}

/** A map to change. */
export function openMapAt(args: readonly Val[], index: number, run: Run): GoMap {
  return args[index] === undefined ? failCall(run, 'assignment to entry in nil map') : mapAt(args, index);
}

export function timeAt(args: readonly Val[], index: number): GoTime {
  const value = args[index];
  return typeof value === 'object' && value !== null && value.kind === 'time' ? value : failType('time.Time', args, index);
}

/** A list of whatever elements; `task` completes "Cannot ... type". */
export function listAt(args: readonly Val[], index: number, { run, task }: { readonly run: Run; readonly task: string }): GoList {
  const value = args[index];
  if (isList(value)) return value;
  return failCall(run, `Cannot ${task} type ${isNil(value) ? 'nil' : kindName(value)}`);
}

export function itemsAt(args: readonly Val[], index: number, context: { readonly run: Run; readonly task: string }): readonly Val[] {
  const items = itemsOf(listAt(args, index, context));
  // Whoever asks for the items goes through all of them; that is quicker than a step each.
  spend(context.run, items.length / 8);
  return items;
}
