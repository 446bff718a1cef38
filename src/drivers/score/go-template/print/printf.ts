import { claim, spend, type Run } from '../run/run.ts';
import { typeName } from '../values/types.ts';
import { isNil, type Val } from '../values/value.ts';
import { noFlags, pad, type Flags } from './flags.ts';
import { joinParts, plainStyle, printPlain, printValue, type Style } from './print-value.ts';

/** Widths and precisions beyond this are mistakes. */
const sizeMax = 1_000_000;

interface Formatter {
  readonly format: string;
  readonly args: readonly Val[];
  readonly run: Run;
  readonly parts: string[];
  position: number;
  /** The argument that comes next. */
  index: number;
  isReordered: boolean;
  /** Where the last `]` stands. */
  readonly lastClose: number;
  /** Whether the index in brackets just read was of use. */
  isGoodIndex: boolean;
  isAfterIndex: boolean;
}

/** As `fmt.Sprintf`: texts with verbs, and in place of what is wrong a text that says so. */
export function printFormat(format: string, args: readonly Val[], run: Run): string {
  const state: Formatter = {
    format,
    args,
    run,
    parts: [],
    position: 0,
    index: 0,
    isReordered: false,
    lastClose: format.lastIndexOf(']'),
    isGoodIndex: true,
    isAfterIndex: false,
  };
  while (state.position < format.length) {
    const percent = format.indexOf('%', state.position);
    const end = percent < 0 ? format.length : percent;
    if (end > state.position) state.parts.push(format.slice(state.position, end));
    if (percent < 0) break;
    state.position = percent + 1;
    state.parts.push(printDirective(state));
  }
  if (!state.isReordered && state.index < args.length) state.parts.push(printExtra(args.slice(state.index), run));
  return joinParts(state.parts, '', run);
}

function printExtra(values: readonly Val[], run: Run): string {
  const shown = values.map((value) => (isNil(value) ? '<nil>' : `${typeName(value)}=${printPlain(value, run)}`));
  return `%!(EXTRA ${joinParts(shown, ', ', run)})`;
}

function printDirective(state: Formatter): string {
  spend(state.run, 1);
  state.isGoodIndex = true;
  const notes: string[] = [];
  const flags = readSizes(state, readFlags(state), notes);
  if (!state.isAfterIndex) readIndex(state);
  const verb = Array.from(state.format.slice(state.position, state.position + 2))[0] ?? '';
  state.position += verb.length;
  return notes.join('') + printVerb(state, verb, flags);
}

function printVerb(state: Formatter, verb: string, flags: Flags): string {
  if (verb === '') return '%!(NOVERB)';
  if (verb === '%') return '%';
  if (!state.isGoodIndex) return `%!${verb}(BADINDEX)`;
  if (state.index >= state.args.length) return `%!${verb}(MISSING)`;
  const value = state.args[state.index++];
  claim(state.run, Math.max(flags.width ?? 0, flags.precision ?? 0));
  return printArgument(value, { verb, flags }, state.run);
}

function printArgument(value: Val, { verb, flags }: { readonly verb: string; readonly flags: Flags }, run: Run): string {
  if (verb === 'T') return pad(typeName(value), flags);
  if (isNil(value)) return verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
  // Only errors can be wrapped, and no value is one.
  if (verb === 'w') return `%!w(${typeName(value)}=${printValue(value, { ...plainStyle, flags }, run)})`;
  return printValue(value, styleOf(verb, flags), run);
}

/** Under `%v`, `#` and `+` mean another form of the whole, not of its parts. */
function styleOf(verb: string, flags: Flags): Style {
  if (verb !== 'v') return { ...plainStyle, verb, flags };
  return { verb, flags: { ...flags, sharp: false, plus: flags.sharp && flags.plus }, isProgram: flags.sharp, isNamed: flags.plus };
}

const flagNames: Readonly<Record<string, keyof Flags>> = { '+': 'plus', '-': 'minus', '#': 'sharp', ' ': 'space', '0': 'zero' };

function readFlags(state: Formatter): Flags {
  const flags: Record<string, boolean> = {};
  for (;;) {
    const name = flagNames[state.format[state.position] ?? ''];
    if (!name) return { ...noFlags, ...flags };
    flags[name] = true;
    state.position++;
  }
}

/** Width and precision: digits, or `*` for an argument. */
function readSizes(state: Formatter, flags: Flags, notes: string[]): Flags {
  readIndex(state);
  const sized = readWidth(state, flags, notes);
  if (state.format[state.position] !== '.') return sized;
  state.position++;
  if (state.isAfterIndex) state.isGoodIndex = false;
  readIndex(state);
  return { ...sized, precision: readPrecision(state, notes) };
}

function readWidth(state: Formatter, flags: Flags, notes: string[]): Flags {
  if (state.format[state.position] !== '*') {
    const width = readDigits(state);
    // An index must be followed by a verb, `*` or nothing that it could be mixed up with.
    if (width !== undefined && state.isAfterIndex) state.isGoodIndex = false;
    return { ...flags, width };
  }
  const width = takeSize(state);
  if (width === undefined) notes.push('%!(BADWIDTH)');
  if (width !== undefined && width < 0) return { ...flags, width: -width, minus: true, zero: false };
  return { ...flags, width };
}

function readPrecision(state: Formatter, notes: string[]): number | undefined {
  if (state.format[state.position] !== '*') return readDigits(state) ?? 0;
  const precision = takeSize(state);
  if (precision !== undefined && precision >= 0) return precision;
  notes.push('%!(BADPREC)');
  return undefined;
}

function readDigits(state: Formatter): number | undefined {
  const digits = /^[0-9]*/.exec(state.format.slice(state.position, state.position + 20))?.[0] ?? '';
  state.position += digits.length;
  const size = Number(digits);
  return digits === '' || size > sizeMax ? undefined : size;
}

/** An argument as a size, where `*` stands. */
function takeSize(state: Formatter): number | undefined {
  state.position++;
  state.isAfterIndex = false;
  const value = state.index < state.args.length ? state.args[state.index++] : undefined;
  return typeof value === 'number' && Math.abs(value) <= sizeMax ? value : undefined;
}

/** `[n]`: the argument that comes next. */
function readIndex(state: Formatter): void {
  state.isAfterIndex = false;
  if (state.format[state.position] !== '[') return;
  state.isReordered = true;
  const close = state.position > state.lastClose ? -1 : state.format.indexOf(']', state.position);
  const number = close < 0 ? '' : state.format.slice(state.position + 1, close);
  state.position = close < 0 ? state.position + 1 : close + 1;
  const index = /^[0-9]+$/.test(number) ? Number(number) - 1 : -1;
  state.isAfterIndex = index >= 0 && index < state.args.length;
  if (state.isAfterIndex) state.index = index;
  else state.isGoodIndex = false;
}
