import type { Code } from '../diagnostics/catalogue/index.ts';
import type { Diagnostic, Outcome, Place } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/quote.ts';
import { diagnose, settle } from '../diagnostics/report.ts';
import { isUnknown, type Json, type JsonObject, type Value } from '../model/value.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import { joinParts } from './join.ts';
import type { ExpressionScope } from './scope.ts';
import { isTemplate, shorten, splitTemplate, type Template } from './template.ts';
import { isArray, isRefusedKey } from './values.ts';

/** Which structures hold any expression; kept per object, so constant parts cost nothing on later calls. */
const constants = new WeakMap<object, boolean>();

/**
 * Evaluates every expression of a structure.
 * Rule: a scalar that is exactly one expression keeps the expression's type; within text the value is inserted as text;
 * constant parts are given back as they are, the same objects.
 * Reports: T3101–T3107, all of them.
 */
export function evaluate(value: Json, scope: ExpressionScope, place: Place): Outcome<Value> {
  const run: Run = { scope, diagnostics: [], place };
  const result = evaluateValue(value, run, undefined);
  return settle(result, run.diagnostics);
}

interface Run {
  readonly scope: ExpressionScope;
  readonly diagnostics: Diagnostic[];
  /** Of the whole structure. */
  readonly place: Place;
}

/** The way to a part of the structure, last step first: it becomes a place only where something is to be said. */
interface Trail {
  readonly above: Trail | undefined;
  readonly step: string | number;
}

function placeOf({ place }: Run, trail: Trail | undefined): Place {
  const steps: (string | number)[] = [];
  for (let each = trail; each; each = each.above) steps.push(each.step);
  return { ...place, path: [...place.path, ...steps.toReversed()] };
}

function evaluateValue(value: Json, run: Run, trail: Trail | undefined): Value {
  if (typeof value === 'string') return isTemplate(value) ? evaluateText(value, run, trail) : value;
  if (typeof value !== 'object' || value === null || isConstant(value)) return value;
  if (isList(value)) return value.map((each, step) => evaluateValue(each, run, { above: trail, step }));
  return evaluateMap(value, run, trail);
}

function evaluateMap(map: JsonObject, run: Run, trail: Trail | undefined): Value {
  const entries = new Map<string, Value>();
  for (const [key, each] of Object.entries(map)) {
    const at: Trail = { above: trail, step: key };
    const name = isTemplate(key) ? evaluateKey(key, run, at) : key;
    if (name === undefined) continue;
    if (entries.has(name)) run.diagnostics.push(diagnose('T3107', { detail: `The key "${name}" comes twice.`, place: placeOf(run, at) }));
    entries.set(name, evaluateValue(each, run, at));
  }
  return Object.fromEntries(entries);
}

function evaluateKey(key: string, run: Run, trail: Trail): string | undefined {
  const name = evaluateText(key, run, trail, 'key');
  if (typeof name === 'string' && !isRefusedKey(name)) return name;
  if (name !== null) {
    const why = isUnknown(name) ? 'is known only after provisioning' : typeof name === 'string' ? 'is reserved' : 'is not text';
    run.diagnostics.push(diagnose('T3107', { detail: `The key \`${key}\` ${why}.`, place: { ...placeOf(run, trail), on: 'key' } }));
  }
  return undefined;
}

function evaluateText(text: string, run: Run, trail: Trail | undefined, on?: 'key'): Value {
  const report = (code: Code, detail: string): void => {
    run.diagnostics.push(diagnose(code, { detail, place: { ...placeOf(run, trail), ...(on && { on }) } }));
  };
  const template = splitKnown(text);
  if (template.kind === 'broken') {
    report('T3101', `In ${quote(text)} ${template.reason}.`);
    return null;
  }
  const [first, second] = template.parts;
  if (first?.kind === 'expression' && !second) return evaluateOne(first.text, run, report);
  const values = template.parts.map((part) => (part.kind === 'text' ? part.text : evaluateOne(part.text, run, report)));
  const joined = joinParts(values);
  if ('problem' in joined) {
    report('T3106', `In ${quote(text)} ${joined.problem}.`);
    return null;
  }
  return joined.value;
}

function evaluateOne(text: string, run: Run, report: (code: Code, detail: string) => void): Value {
  const result = evaluateExpression(text, run.scope);
  if ('value' in result) return result.value;
  const end = /[.?]$/.test(result.problem) ? '' : '.';
  report(result.code, `The expression \`${shorten(text)}\`: ${result.problem}${end}`);
  return '';
}

const templatesMax = 20_000;

/** Scalars of definitions come again for every resource; bounded, and emptied when it is full. */
const templates = new Map<string, Template>();

function splitKnown(text: string): Template {
  const known = templates.get(text);
  if (known) return known;
  if (templates.size >= templatesMax) templates.clear();
  const template = splitTemplate(text);
  templates.set(text, template);
  return template;
}

/** Whether a part of a definition was found to hold no expression; of other values nothing is known. */
export function isKnownConstant(value: object): boolean {
  return constants.get(value) === true;
}

function isConstant(value: Exclude<Json, string | number | boolean | null>): boolean {
  const known = constants.get(value);
  if (known !== undefined) return known;
  const result = isList(value)
    ? value.every(isConstantPart)
    : Object.entries(value).every(([key, each]) => !isTemplate(key) && isConstantPart(each));
  constants.set(value, result);
  return result;
}

function isConstantPart(value: Json): boolean {
  if (typeof value === 'string') return !isTemplate(value);
  return typeof value !== 'object' || value === null || isConstant(value);
}

function isList(value: Json): value is readonly Json[] {
  return isArray(value);
}
