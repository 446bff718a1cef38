import type * as z from 'zod';
import type { Code } from '../diagnostics/catalogue/index.ts';
import type { Diagnostic, Outcome, Place } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/quote.ts';
import { diagnose, fail, succeed } from '../diagnostics/report.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Json } from '../model/value.ts';
import { isJsonObject } from './yaml-json.ts';

/** One thing that is wrong with the shape of data, as a hint sees it. */
export interface ShapeProblem {
  readonly code: Code;
  readonly path: readonly (string | number)[];
  /** What stands there; `undefined` where nothing does. */
  readonly input: Json | undefined;
  /** How a scalar was written, before YAML made a number or a truth value of it. */
  readonly written: string;
}

export interface ShapeContext {
  /** Where the data as a whole stands. */
  readonly place: Place;
  /** Where the data as a whole stands, in words: `among the params`. */
  readonly name?: string;
  /** Finds how a scalar was written. */
  readonly readWritten?: (place: Place) => string | undefined;
  /** A sentence that helps with a frequent mistake. */
  readonly hint?: (problem: ShapeProblem) => string | undefined;
}

/**
 * Checks data against a zod schema and reports every issue in our own words.
 * Rule: messages of the schema are words about the form that is expected; for an object that allows no further keys, they are its keys.
 * Reports: T1103 – T1109.
 */
export function parseShape<T>(schema: z.ZodType<T>, value: Json, context: ShapeContext): Outcome<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return succeed(parsed.data);
  return fail(...parsed.error.issues.flatMap((issue) => describeIssue(issue, { value, context })));
}

type Issue = z.core.$ZodIssue;

interface Subject {
  readonly value: Json;
  readonly context: ShapeContext;
}

function describeIssue(issue: Issue, subject: Subject): readonly Diagnostic[] {
  const path = toPath(issue.path);
  const input = readPath(subject.value, path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => describeUnknownKey({ key, path, known: listKnown(issue.message) }, subject));
  if (issue.code === 'invalid_key') return [describeBadKey(path, issue.message, subject)];
  if (input === undefined) return [describeMissing(path, subject)];
  if (issue.code === 'invalid_union') return describeUnion(issue, path, subject);
  const { code, detail } = describeValue(issue, input, path);
  return [makeDiagnostic({ code, path, input, detail }, subject)];
}

function toPath(path: readonly PropertyKey[]): readonly (string | number)[] {
  return path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment));
}

function readPath(value: Json, path: readonly (string | number)[]): Json | undefined {
  let current: Json | undefined = value;
  for (const segment of path) current = readMember(current, segment);
  return current;
}

function readMember(parent: Json | undefined, segment: string | number): Json | undefined {
  if (Array.isArray(parent)) return typeof segment === 'number' ? parent[segment] : undefined;
  return isJsonObject(parent) && Object.hasOwn(parent, segment) ? parent[segment] : undefined;
}

/** Schemas of our own list their keys as the message; a schema made from JSON Schema has the sentence of zod. */
function listKnown(message: string): readonly string[] {
  return message.startsWith('Unrecognized') ? [] : message.split(', ');
}

interface UnknownKey {
  readonly key: string;
  readonly path: readonly (string | number)[];
  readonly known: readonly string[];
}

function describeUnknownKey({ key, path, known }: UnknownKey, subject: Subject): Diagnostic {
  const where = path.length === 0 ? (subject.context.name ?? 'at the top of the document') : `in ${showPath(path)}`;
  const detail = `${quote(key)} is not a key that can stand ${where}.${didYouMean(key, known)}${known.length === 0 ? '' : ` Allowed are ${known.join(', ')}.`}`;
  return makeDiagnostic(
    { code: 'T1103', path: [...path, key], input: readPath(subject.value, [...path, key]), detail, on: 'key' },
    subject,
  );
}

function describeBadKey(path: readonly (string | number)[], form: string, subject: Subject): Diagnostic {
  const key = String(path.at(-1) ?? '');
  const detail = `The name ${quote(key)} cannot be used: ${form}.`;
  return makeDiagnostic({ code: 'T1107', path, input: key, detail, on: 'key' }, subject);
}

function describeMissing(path: readonly (string | number)[], subject: Subject): Diagnostic {
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? 'The document' : showPath(parent);
  const detail = `${where} needs the key ${quote(String(path.at(-1) ?? ''))}.`;
  return makeDiagnostic({ code: 'T1104', path, input: undefined, detail }, subject);
}

/** The branch that was meant is the one whose outermost type fits; if none fits, the types that would are listed. */
function describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: readonly (string | number)[],
  subject: Subject,
): readonly Diagnostic[] {
  const meant = issue.errors.find((branch) => !branch.some((each) => each.code === 'invalid_type' && each.path.length === 0));
  if (meant) return meant.flatMap((each) => describeIssue({ ...each, path: [...issue.path, ...each.path] }, subject));
  const expected = issue.errors.flat().flatMap((each) => (each.code === 'invalid_type' ? [nameExpected(each.expected)] : []));
  const input = readPath(subject.value, path) ?? null;
  const detail = `${showPath(path)} must be ${[...new Set(expected)].join(' or ')}; ${nameType(input)} stands there.`;
  return [makeDiagnostic({ code: 'T1105', path, input, detail }, subject)];
}

interface ValueProblem {
  readonly code: Code;
  readonly detail: string;
}

function describeValue(issue: Issue, input: Json, path: readonly (string | number)[]): ValueProblem {
  const where = showPath(path);
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'T1105', detail: `${where} must be ${nameExpected(issue.expected)}; ${nameType(input)} stands there.` };
    case 'invalid_value':
      return describeEnum(issue.values.map(String), input, where);
    case 'invalid_format':
      return { code: 'T1107', detail: `${showInput(input)} cannot be used as ${where}: ${issue.message.replace('Invalid string: ', '')}.` };
    case 'too_small':
      return {
        code: 'T1108',
        detail: `${where} must ${describeMinimum(issue.origin, Number(issue.minimum))}; ${showInput(input)} stands there.`,
      };
    case 'too_big':
      return {
        code: 'T1108',
        detail: `${where} must ${describeMaximum(issue.origin, Number(issue.maximum))}; ${showInput(input)} stands there.`,
      };
    default:
      return { code: 'T1109', detail: `${where}: ${issue.message}.` };
  }
}

function describeEnum(values: readonly string[], input: Json, where: string): ValueProblem {
  const meant = typeof input === 'string' ? didYouMean(input, values) : '';
  return { code: 'T1106', detail: `${where} is ${showInput(input)}; it must be ${values.map(quote).join(' or ')}.${meant}` };
}

function describeMinimum(origin: string, minimum: number): string {
  if (origin === 'number' || origin === 'int') return `be at least ${minimum}`;
  return minimum === 1 ? 'not be empty' : `have at least ${minimum} ${origin === 'string' ? 'characters' : 'entries'}`;
}

function describeMaximum(origin: string, maximum: number): string {
  if (origin === 'number' || origin === 'int') return `be at most ${maximum}`;
  return `have at most ${maximum} ${origin === 'string' ? 'characters' : 'entries'}`;
}

interface Finding {
  readonly code: Code;
  readonly path: readonly (string | number)[];
  readonly input: Json | undefined;
  readonly detail: string;
  readonly on?: 'key' | 'value';
}

function makeDiagnostic({ code, path, input, detail, on = 'value' }: Finding, { context }: Subject): Diagnostic {
  const place: Place = { ...context.place, path: [...context.place.path, ...path], on };
  const written = context.readWritten?.(place) ?? (typeof input === 'object' ? JSON.stringify(input) : String(input));
  const problem: ShapeProblem = { code, path, input, written };
  const hint = context.hint?.(problem) ?? suggestType(problem, detail);
  return diagnose(code, { place, detail: hint === undefined ? detail : `${detail} ${hint}` });
}

/** What helps with a wrong type, whatever the document is about. */
function suggestType({ code, path, input, written }: ShapeProblem, detail: string): string | undefined {
  if (code !== 'T1105') return undefined;
  const key = showKey(path.at(-1));
  const wantsText = detail.includes(' must be text;');
  if (wantsText && (typeof input === 'number' || typeof input === 'boolean')) return `Put it in quotes: ${key}"${written}".`;
  if (wantsText && input === null) return 'If it is meant to be empty, write "".';
  const wantsNumber = detail.includes('number;');
  if (wantsNumber && typeof input === 'string' && /^[0-9]+$/.test(input)) return `Remove the quotes: ${key}${input}.`;
  if (detail.includes('true or false;') && typeof input === 'string') return `Write true or false without quotes.`;
  return undefined;
}

function showKey(segment: string | number | undefined): string {
  return typeof segment === 'string' ? `${segment}: ` : '- ';
}

const expectedNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function nameExpected(expected: string): string {
  return expectedNames[expected] ?? expected;
}

/** What a value is, in words. */
export function nameType(value: Json): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'boolean' ? `the truth value ${value}` : 'text';
}

function showInput(input: Json): string {
  return typeof input === 'string' ? quote(input) : nameType(input);
}

/** A path as people write it: `containers.web.files["/etc/app.conf"]`. */
function showPath(path: readonly (string | number)[]): string {
  let shown = '';
  for (const segment of path) {
    const isWord = typeof segment === 'string' && /^[\w-]+$/.test(segment);
    shown += isWord ? `${shown === '' ? '' : '.'}${segment}` : `[${typeof segment === 'number' ? segment : quote(segment)}]`;
  }
  return shown === '' ? 'The document' : shown;
}
