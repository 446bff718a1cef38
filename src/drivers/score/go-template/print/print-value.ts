import { claim, enter, leave, spend, type Run } from '../run/run.ts';
import { printTime } from '../sprig/print-time.ts';
import { showVersion } from '../sprig/version-methods.ts';
import { typeName } from '../values/types.ts';
import { encodeText } from '../values/bytes.ts';
import { entriesOf, isNil, itemsOf, type GoList, type GoMap, type GoStruct, type Val } from '../values/value.ts';
import { noFlags, pad, type Flags } from './flags.ts';
import { printFraction, printInteger } from './print-number.ts';
import { canBackquote, hexOf, quoteText, quoteToAscii } from './quote-text.ts';

/** A verb with its flags; `isProgram` is `%#v`, `isNamed` is `%+v`. */
export interface Style {
  readonly verb: string;
  readonly flags: Flags;
  readonly isProgram: boolean;
  readonly isNamed: boolean;
}

export const plainStyle: Style = { verb: 'v', flags: noFlags, isProgram: false, isNamed: false };

/** What an action writes for a value: as `fmt.Print` does, and `<no value>` where there is none. */
export function printOne(value: Val, run: Run): string {
  if (isNil(value)) return '<no value>';
  return typeof value === 'string' ? value : printValue(value, plainStyle, run);
}

/** A value as `%v` prints it. */
export function printPlain(value: Val, run: Run): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return printValue(value, plainStyle, run);
}

/** A value in a style. What is inside of it is printed in the same. */
export function printValue(value: Val, style: Style, run: Run): string {
  if (isNil(value)) return style.verb === 'v' ? printNil(style) : `%!${style.verb}(<nil>)`;
  return printKnown(value, style, run) ?? printBadVerb(value, style, run);
}

function printNil({ isProgram, flags }: Style): string {
  return pad(isProgram ? 'interface {}(nil)' : '<nil>', flags);
}

function printBadVerb(value: Val, { verb, flags }: Style, run: Run): string {
  return `%!${verb}(${typeName(value)}=${printValue(value, { ...plainStyle, flags }, run)})`;
}

function printKnown(value: Exclude<Val, undefined | null>, style: Style, run: Run): string | undefined {
  const { verb, flags } = style;
  if (typeof value === 'string') return printText(value, style, run);
  if (typeof value === 'number') return printInteger(value, verb, flags);
  if (typeof value === 'boolean') return verb === 'v' || verb === 't' ? pad(String(value), flags) : undefined;
  switch (value.kind) {
    case 'integer':
      return value.type === 'uint8' && style.isProgram ? `0x${value.value.toString(16)}` : printInteger(value.value, verb, flags);
    case 'float':
      return printFraction(value.value, verb, flags);
    case 'time':
      return printText(printTime(value), style, run);
    case 'version':
      return printText(showVersion(value), style, run);
    default:
      return printComposite(value, style, run);
  }
}

function printComposite(value: GoList | GoMap | GoStruct, style: Style, run: Run): string {
  enter(run);
  const parts = partsOf(value, style, run);
  leave(run);
  const inner = joinParts(parts, style.isProgram ? ', ' : ' ', run);
  if (style.isProgram) return value.kind === 'list' && value.isNil ? `${typeName(value)}(nil)` : `${typeName(value)}{${inner}}`;
  if (value.kind === 'list') return `[${inner}]`;
  return value.kind === 'map' ? `map[${inner}]` : `{${inner}}`;
}

function partsOf(value: GoList | GoMap | GoStruct, style: Style, run: Run): readonly string[] {
  if (value.kind === 'list') return itemsOf(value).map((item) => printPart(item, style, run));
  if (value.kind === 'map') return entriesOf(value).map(([key, each]) => `${printPart(key, style, run)}:${printPart(each, style, run)}`);
  const isNamed = style.isNamed || style.isProgram;
  return value.fields.keys().map((key) => `${isNamed ? `${key}:` : ''}${printPart(value.fields.get(key), style, run)}`);
}

function printPart(value: Val, style: Style, run: Run): string {
  spend(run, 1);
  // Within a value nil is printed as such under every verb, and never filled up.
  return isNil(value) ? (style.isProgram ? 'interface {}(nil)' : '<nil>') : printValue(value, style, run);
}

/** Joins texts, where the whole may be as long as a text may be. */
export function joinParts(parts: readonly string[], separator: string, run: Run): string {
  let size = separator.length * Math.max(parts.length - 1, 0);
  for (const part of parts) size += part.length;
  claim(run, size);
  return parts.join(separator);
}

function printText(text: string, { verb, flags, isProgram }: Style, run: Run): string | undefined {
  claim(run, text.length);
  if (isProgram && verb === 'v') return pad(quoteWith(text, flags), flags);
  switch (verb) {
    case 'v':
    case 's':
      return pad(truncate(text, flags), flags);
    case 'q':
      return pad(quoteWith(truncate(text, flags), flags), flags);
    case 'x':
    case 'X':
      return pad(hexOf(takeBytes(text, flags), { isUpper: verb === 'X', hasSpaces: flags.space, hasPrefix: flags.sharp }), flags);
    default:
      return undefined;
  }
}

function truncate(text: string, { precision }: Flags): string {
  return precision === undefined || text.length <= precision ? text : Array.from(text).slice(0, precision).join('');
}

function takeBytes(text: string, { precision }: Flags): string {
  return precision === undefined ? text : String.fromCharCode(...encodeText(text).subarray(0, precision));
}

function quoteWith(text: string, { sharp, plus }: Flags): string {
  if (sharp && canBackquote(text)) return `\`${text}\``;
  return plus ? quoteToAscii(text) : quoteText(text);
}
