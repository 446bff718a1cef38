import type { Diagnostic, Outcome, Place } from '../diagnostics/diagnostic.ts';
import { diagnose, settle } from '../diagnostics/report.ts';
import { isUnknown, type Json, type JsonObject, type Value } from '../model/value.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import { joinParts } from './join.ts';
import type { ExpressionScope } from './scope.ts';
import { isTemplate, splitTemplate } from './template.ts';
import { isArray } from './values.ts';

/** Which structures hold any expression; kept per object, so constant parts cost nothing on later calls. */
const constants = new WeakMap<object, boolean>();

/**
 * Evaluates every expression of a structure.
 * Rule: a scalar that is exactly one expression keeps the expression's type; within text the value is inserted as text;
 * constant parts are given back as they are, the same objects.
 * Reports: T3101–T3107, all of them.
 */
export function evaluate(value: Json, scope: ExpressionScope, place: Place): Outcome<Value> {
  const diagnostics: Diagnostic[] = [];
  const result = evaluateValue(value, { scope, diagnostics }, place);
  return settle(result, diagnostics);
}

interface Run {
  readonly scope: ExpressionScope;
  readonly diagnostics: Diagnostic[];
}

function evaluateValue(value: Json, run: Run, place: Place): Value {
  if (typeof value === 'string') return isTemplate(value) ? evaluateText(value, run, place) : value;
  if (typeof value !== 'object' || value === null || isConstant(value)) return value;
  if (isList(value)) return value.map((each, index) => evaluateValue(each, run, below(place, index)));
  return evaluateMap(value, run, place);
}

function evaluateMap(map: JsonObject, run: Run, place: Place): Value {
  const entries = new Map<string, Value>();
  for (const [key, each] of Object.entries(map)) {
    const at = below(place, key);
    const name = isTemplate(key) ? evaluateKey(key, run, at) : key;
    if (name === undefined) continue;
    if (entries.has(name)) run.diagnostics.push(diagnose('T3107', { detail: `The key "${name}" comes twice.`, place: at }));
    entries.set(name, evaluateValue(each, run, at));
  }
  return Object.fromEntries(entries);
}

function evaluateKey(key: string, run: Run, place: Place): string | undefined {
  const at: Place = { ...place, on: 'key' };
  const name = evaluateText(key, run, at);
  if (typeof name === 'string') return name;
  if (name !== null) {
    const why = isUnknown(name) ? 'is known only after provisioning' : 'is not text';
    run.diagnostics.push(diagnose('T3107', { detail: `The key \`${key}\` ${why}.`, place: at }));
  }
  return undefined;
}

function evaluateText(text: string, run: Run, place: Place): Value {
  const template = splitTemplate(text);
  if (template.kind === 'broken') {
    run.diagnostics.push(diagnose('T3101', { detail: `In ${JSON.stringify(text)} ${template.reason}.`, place }));
    return null;
  }
  const [first, second] = template.parts;
  if (first?.kind === 'expression' && !second) return evaluateOne(first.text, run, place);
  const values = template.parts.map((part) => (part.kind === 'text' ? part.text : evaluateOne(part.text, run, place)));
  const joined = joinParts(values);
  if ('problem' in joined) {
    run.diagnostics.push(diagnose('T3106', { detail: `In ${JSON.stringify(text)} ${joined.problem}.`, place }));
    return null;
  }
  return joined.value;
}

function evaluateOne(text: string, run: Run, place: Place): Value {
  const result = evaluateExpression(text, run.scope);
  if ('value' in result) return result.value;
  run.diagnostics.push(diagnose(result.code, { detail: `The expression \`${text.trim()}\`: ${result.problem}.`, place }));
  return '';
}

/** Whether a part of a definition was found to hold no expression; of other values nothing is known. */
export function isKnownConstant(value: object): boolean {
  return constants.get(value) === true;
}

function isConstant(value: Exclude<Json, string | number | boolean | null>): boolean {
  const known = constants.get(value);
  if (known !== undefined) return known;
  const result = isList(value) ? value.every(isConstantPart) : Object.entries(value).every(([key, each]) => !isTemplate(key) && isConstantPart(each));
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

function below(place: Place, step: string | number): Place {
  return { ...place, path: [...place.path, step] };
}

