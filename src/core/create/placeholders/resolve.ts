import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { escapeControls } from '../../diagnostics/quote.ts';
import { diagnose, settle } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { compareText } from '../../model/compare.ts';
import { encodeSecret, joinParts } from '../../expressions/join.ts';
import {
  isMark,
  isSecret,
  isSecretText,
  isUnknown,
  isValueObject,
  type Json,
  type JsonObject,
  type Value,
  type ValueObject,
} from '../../model/value.ts';
import { findLineStarts, findPosition } from '../../read/text-position.ts';
import { scanPlaceholders, type ScoreReference } from './scan.ts';

/** What Score placeholders can name. */
export interface PlaceholderScope {
  readonly metadata: ValueObject;
  /** Outputs of a need of the same workload; `undefined` where there is none of the name. */
  readonly outputsOf: (need: string) => ValueObject | undefined;
  readonly needNames: readonly string[];
  /** Whether a need means the values of the environment, which are set there and not by a definition. */
  readonly isEnvironment?: (need: string) => boolean;
}

/**
 * Resolves the placeholders of one text.
 * Rule: text stays text; a secret makes it secret text, an unknown makes it unknown; what is no text is written as JSON.
 * Reports: T3201–T3204, all of them.
 */
export function resolveText(text: string, scope: PlaceholderScope, place: Place): Outcome<Value> {
  const diagnostics: Diagnostic[] = [];
  const value = resolve(text, { scope, diagnostics }, place);
  return settle(value, diagnostics);
}

/** Resolves the placeholders in all texts of a structure; keys stay as they are. */
export function resolveParams(params: JsonObject, scope: PlaceholderScope, place: Place): Outcome<ValueObject> {
  const diagnostics: Diagnostic[] = [];
  const run = { scope, diagnostics };
  const entries = Object.entries(params).map(([key, each]) => [key, resolveTree(each, run, extendPlace(place, key))] as const);
  return settle(Object.fromEntries(entries), diagnostics);
}

interface Run {
  readonly scope: PlaceholderScope;
  readonly diagnostics: Diagnostic[];
}

function resolveTree(value: Json, run: Run, place: Place): Value {
  if (typeof value === 'string') return resolve(value, run, place);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((each, index) => resolveTree(each, run, extendPlace(place, index)));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolveTree(each, run, extendPlace(place, key))]));
}

function resolve(text: string, run: Run, place: Place): Value {
  if (!text.includes('$')) return text;
  const values = scanPlaceholders(text).map((part) =>
    part.kind === 'text' ? part.text : toText(lookUp(part, run, pointInto(place, text, part.offset))),
  );
  const [single] = values;
  if (values.length === 1 && (isSecret(single) || isSecretText(single) || isUnknown(single))) return single;
  const joined = joinParts(values);
  return 'value' in joined ? joined.value : '';
}

/** What is wrong with one reference of a text. Reports: T3201–T3204. */
export function checkReference(
  reference: ScoreReference,
  text: string,
  { scope, place }: { readonly scope: PlaceholderScope; readonly place: Place },
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  lookUp(reference, { scope, diagnostics }, pointInto(place, text, reference.offset));
  return diagnostics;
}

/** In a text of several lines the point itself is named. */
function pointInto(place: Place, text: string, offset: number): Place {
  return text.includes('\n') ? { ...place, at: findPosition(findLineStarts(text), offset) } : place;
}

function lookUp({ path, text }: ScoreReference, run: Run, place: Place): Value {
  const [root, ...names] = path;
  const found =
    root === 'metadata'
      ? lookUpMetadata(names, run.scope)
      : root === 'resources'
        ? lookUpResource(names, run.scope)
        : unknownRoot(root ?? '');
  if ('value' in found) return found.value;
  const line = place.at ? ` in line ${place.at.line} of the text` : '';
  run.diagnostics.push(diagnose(found.code, { detail: `\`\${${escapeControls(text.slice(0, 80))}}\`${line}: ${found.problem}`, place }));
  return '';
}

type Found = { readonly value: Value } | { readonly code: 'T3201' | 'T3202' | 'T3203' | 'T3204'; readonly problem: string };

function unknownRoot(root: string): Found {
  const meant = didYouMean(root, ['metadata', 'resources']);
  return {
    code: 'T3201',
    problem: `${root === '' ? 'nothing is named' : `"${root}" is not known`}: a placeholder begins with "metadata" or "resources".${meant} Write "$$" for a literal "$".`,
  };
}

function lookUpMetadata(names: readonly string[], scope: PlaceholderScope): Found {
  if (names.length === 0) return { code: 'T3204', problem: 'at least one key of the metadata has to be named.' };
  return descend(scope.metadata, names, 'the metadata');
}

function lookUpResource(names: readonly string[], scope: PlaceholderScope): Found {
  const [name, ...keys] = names;
  if (name === undefined) return { code: 'T3204', problem: 'a resource has to be named.' };
  const outputs = scope.needNames.includes(name) ? scope.outputsOf(name) : undefined;
  if (!outputs) return { code: 'T3202', problem: describeUnknownNeed(name, scope) };
  if (keys.length === 0) return { code: 'T3204', problem: describeWhole(name, outputs) };
  const found = descend(outputs, keys, `the outputs of "${name}"`);
  if ('value' in found || !scope.isEnvironment?.(name)) return found;
  return { ...found, problem: `${found.problem} It is a value of the environment: \`tutti env set ${keys.join('.')}=…\` sets it.` };
}

/** Of outputs that are not known yet there is no list. */
function describeWhole(name: string, outputs: ValueObject): string {
  const known = Object.keys(outputs).length > 0 ? `: ${listKeys(outputs)}` : `, as in \`\${resources.${name}.host}\``;
  return `an output of "${name}" has to be named${known}.`;
}

function describeUnknownNeed(name: string, { needNames }: PlaceholderScope): string {
  const list = needNames.length > 0 ? ` Declared here: ${needNames.toSorted(compareText).join(', ')}.` : ' This file declares none.';
  return `there is no resource "${name}".${didYouMean(name, needNames)}${list}`;
}

/** For a placeholder that means a resource as a whole. Reports: T3202. */
export function reportUnknownNeed(name: string, scope: PlaceholderScope, place: Place): Diagnostic {
  return diagnose('T3202', { detail: `\`\${resources.${name}}\`: ${describeUnknownNeed(name, scope)}`, place });
}

function descend(start: ValueObject, keys: readonly string[], what: string): Found {
  let value: Value = start;
  for (const key of keys) {
    if (isUnknown(value)) return { value };
    if (!isValueObject(value)) return { code: 'T3203', problem: `"${key}" cannot be looked up: what is there is no map.` };
    const next: Value | undefined = Object.hasOwn(value, key) ? value[key] : undefined;
    if (next === undefined) {
      return { code: 'T3203', problem: `"${key}" is not among ${what}: ${listKeys(value)}.${didYouMean(key, Object.keys(value))}` };
    }
    value = next;
  }
  return { value };
}

function listKeys(value: ValueObject): string {
  const keys = Object.keys(value).toSorted();
  return keys.length > 0 ? keys.join(', ') : 'there are none';
}

/** Text as it is, anything else as JSON; marks within JSON keep it secret or unknown. */
function toText(value: Value): Value {
  if (typeof value === 'string' || isMark(value)) return value;
  const parts = jsonParts(value);
  const joined = joinParts(parts);
  return 'value' in joined ? joined.value : '';
}

function jsonParts(value: Value): readonly Value[] {
  if (isUnknown(value)) return [value];
  if (isSecret(value) || isSecretText(value)) return ['"', encodeSecret(value, 'json'), '"'];
  if (isListValue(value)) return ['[', ...value.flatMap((each, index) => [...(index > 0 ? [','] : []), ...jsonParts(each)]), ']'];
  if (isValueObject(value)) {
    const members = Object.keys(value)
      .toSorted()
      .flatMap((key, index) => [`${index > 0 ? ',' : ''}${JSON.stringify(key)}:`, ...jsonParts(value[key] ?? null)]);
    return ['{', ...members, '}'];
  }
  return [JSON.stringify(value)];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isListValue(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
