import { unreachable } from '../../../../core/index.ts';
import { joinParts } from '../print/print-value.ts';
import { failCall, takes, textAt, type FunctionTable } from '../run/args.ts';
import { claim, enter, leave, spend, type Run } from '../run/run.ts';
import { entriesOf, isNil, itemsOf, makeFloat, makeList, makeMap, type GoObject, type Val } from '../values/value.ts';
import { printRfc3339 } from './print-time.ts';
import { showVersion } from './version-methods.ts';

/** JSON; keys are in order. */
export const jsonFunctions: FunctionTable = {
  fromJson: takes(1, (args, run) => readJson(textAt(args, 0), run) ?? null),
  mustFromJson: takes(1, (args, run) => mustReadJson(textAt(args, 0), run)),
  toJson: takes(1, ([value], run) => escapeMarkup(printJson(value, '', run))),
  mustToJson: takes(1, ([value], run) => escapeMarkup(mustPrintJson(value, '', run))),
  toPrettyJson: takes(1, ([value], run) => escapeMarkup(printJson(value, '\n', run))),
  mustToPrettyJson: takes(1, ([value], run) => escapeMarkup(mustPrintJson(value, '\n', run))),
  toRawJson: takes(1, ([value], run) => mustPrintJson(value, '', run)),
  mustToRawJson: takes(1, ([value], run) => mustPrintJson(value, '', run)),
};

/** Undefined where the text is no JSON; all numbers are float64. */
function readJson(text: string, run: Run): Val {
  try {
    spend(run, text.length / 8);
    const value: unknown = JSON.parse(text);
    return fromParsed(value, run);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function mustReadJson(text: string, run: Run): Val {
  const value = readJson(text, run);
  return value === undefined ? failCall(run, 'the text is not JSON') : value;
}

function fromParsed(value: unknown, run: Run): Val {
  spend(run, 1);
  if (typeof value === 'number') return makeFloat(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  enter(run);
  const made = Array.isArray(value)
    ? makeList(value.map((item: unknown) => fromParsed(item, run)))
    : makeMap(Object.entries(value).map(([key, each]: [string, unknown]) => [key, fromParsed(each, run)] as const));
  leave(run);
  return made;
}

/** Sprig gives an empty text where a value has no JSON. */
function printJson(value: Val, indent: string, run: Run): string {
  return hasJson(value, run) ? printAny(value, indent, run) : '';
}

function mustPrintJson(value: Val, indent: string, run: Run): string {
  return hasJson(value, run) ? printAny(value, indent, run) : failCall(run, 'json: unsupported value: a number that is not finite');
}

/** Numbers that are not finite have no JSON. */
function hasJson(value: Val, run: Run): boolean {
  spend(run, 1);
  if (typeof value !== 'object' || value === null) return true;
  if (value.kind === 'float') return Number.isFinite(value.value);
  if (value.kind !== 'list' && value.kind !== 'map') return true;
  enter(run);
  const items = value.kind === 'list' ? itemsOf(value) : entriesOf(value).map(([, each]) => each);
  const isFit = items.every((item) => hasJson(item, run));
  leave(run);
  return isFit;
}

/** With an end of line and spaces for the indent, or with nothing for a single line. */
function printAny(value: Val, indent: string, run: Run): string {
  spend(run, 1);
  if (isNil(value)) return 'null';
  if (typeof value === 'string') {
    claim(run, value.length);
    return quoteJson(value);
  }
  return typeof value === 'object' ? printObject(value, { indent, run }) : String(value);
}

function printObject(value: GoObject, layout: Layout): string {
  switch (value.kind) {
    case 'integer':
      return String(value.value);
    case 'float':
      return Object.is(value.value, -0) ? '-0' : String(value.value);
    case 'time':
      return quoteJson(printRfc3339(value));
    case 'version':
      return quoteJson(showVersion(value));
    case 'list':
      return value.isNil ? 'null' : printItems(itemsOf(value), layout);
    case 'map':
      return printMembers(entriesOf(value), layout);
    case 'struct':
      return printMembers(
        value.fields.keys().map((key) => [key, value.fields.get(key)] as const),
        layout,
      );
    default:
      return unreachable(value);
  }
}

function printItems(items: readonly Val[], { indent, run }: Layout): string {
  return bracket(
    ['[', ']'],
    items.map((item) => (inner: string) => printAny(item, inner, run)),
    { indent, run },
  );
}

function printMembers(members: readonly (readonly [string, Val])[], { indent, run }: Layout): string {
  return bracket(
    ['{', '}'],
    members.map(([key, each]) => printMember(key, each, run)),
    { indent, run },
  );
}

function printMember(key: string, value: Val, run: Run): (indent: string) => string {
  return (indent) => `${quoteJson(key)}:${indent === '' ? '' : ' '}${printAny(value, indent, run)}`;
}

interface Layout {
  readonly indent: string;
  readonly run: Run;
}

function bracket(
  [open, close]: readonly [string, string],
  members: readonly ((indent: string) => string)[],
  { indent, run }: Layout,
): string {
  if (members.length === 0) return open + close;
  enter(run);
  const inner = indent === '' ? '' : `${indent}  `;
  const shown = joinParts(
    members.map((member) => member(inner)),
    `,${inner}`,
    run,
  );
  leave(run);
  return `${open}${inner}${shown}${indent}${close}`;
}

/** As Go does: line separators are escaped, and what is no text becomes U+FFFD, escaped too. */
function quoteJson(text: string): string {
  const json = text.isWellFormed()
    ? JSON.stringify(text)
    : `"${text
        .split(/\p{Cs}/u)
        .map(escapeJson)
        .join('\\ufffd')}"`;
  return json.replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeMarkup(json: string): string {
  return json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
