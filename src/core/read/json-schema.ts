import * as z from 'zod';
import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
import { diagnose } from '../diagnostics/report.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { isMark, isValueObject, type Json, type JsonObject, type Value } from '../model/value.ts';
import { parseShape } from './shape.ts';
import { isJsonObject } from './yaml-json.ts';

/** The JSON Schema keywords that tutti supports; others are errors, so that none is silently ignored. */
const supportedKeywords = [
  'type',
  'enum',
  'const',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'anyOf',
  'oneOf',
  'allOf',
  'title',
  'description',
  'default',
  'examples',
  'writeOnly',
  'readOnly',
  'deprecated',
] as const;

const known: readonly string[] = supportedKeywords;

/** Reports: T1507, at each keyword that is not supported, and where the schema is none. */
export function checkSchema(schema: JsonObject, place: Place): readonly Diagnostic[] {
  const diagnostics = checkKeywords(schema, place);
  if (diagnostics.length > 0) return diagnostics;
  const compiled = compileSchema(schema);
  return 'problem' in compiled ? [diagnose('T1507', { detail: `The schema cannot be used: ${compiled.problem}.`, place })] : [];
}

function checkKeywords(schema: Json, place: Place): readonly Diagnostic[] {
  if (typeof schema === 'boolean') return [];
  if (!isJsonObject(schema)) return [diagnose('T1507', { detail: 'A schema is a map.', place })];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const at: Place = { ...place, path: [...place.path, keyword] };
    if (!known.includes(keyword)) {
      const detail = `The keyword "${keyword}" is not supported.${didYouMean(keyword, known)} Supported: ${known.join(', ')}.`;
      return [diagnose('T1507', { detail, place: { ...at, on: 'key' } })];
    }
    return checkInner(keyword, value, at);
  });
}

function checkInner(keyword: string, value: Json, place: Place): readonly Diagnostic[] {
  const below = (step: string | number): Place => ({ ...place, path: [...place.path, step] });
  if (keyword === 'properties' && isJsonObject(value)) {
    return Object.entries(value).flatMap(([name, each]) => checkKeywords(each, below(name)));
  }
  if (keyword === 'items' || keyword === 'additionalProperties') return checkKeywords(value, place);
  const isChoice = ['anyOf', 'oneOf', 'allOf'].includes(keyword) && Array.isArray(value);
  return isChoice ? value.flatMap((each: Json, index: number) => checkKeywords(each, below(index))) : [];
}

type CompiledSchema = { readonly check: z.ZodType } | { readonly problem: string };

const compiledSchemas = new WeakMap<JsonObject, CompiledSchema>();

function compileSchema(schema: JsonObject): CompiledSchema {
  const cached = compiledSchemas.get(schema);
  if (cached) return cached;
  const compiled = convert(schema);
  compiledSchemas.set(schema, compiled);
  return compiled;
}

function convert(schema: JsonObject): CompiledSchema {
  try {
    return { check: z.fromJSONSchema(toMutable(schema)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** zod takes schemas as its own loose type; a copy keeps ours untouched. */
function toMutable(schema: JsonObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schema));
}

/**
 * Checks a value against a JSON Schema of a contract.
 * Rule: a secret or an unknown passes wherever a value is asked for: what it will be is not known here.
 * Reports: the codes of shapes, T1103–T1109, each at its place below the given one.
 */
export function validateJson(schema: JsonObject, value: Value, place: Place): readonly Diagnostic[] {
  const compiled = compileSchema(schema);
  if ('problem' in compiled) return [diagnose('T1507', { detail: `The schema cannot be used: ${compiled.problem}.`, place })];
  const marks = new Set<string>();
  const plain = withoutMarks(value, [], marks);
  const parsed = parseShape(compiled.check, plain, { place, name: `among the ${String(place.path.at(-1) ?? 'keys')}` });
  return parsed.diagnostics.filter((each) => !marks.has(pathKey((each.place ?? place).path.slice(place.path.length))));
}

/** Marks stand as null while the rest is checked; what is said of them is left out afterwards. */
function withoutMarks(value: Value, path: readonly (string | number)[], marks: Set<string>): Json {
  if (isMark(value)) {
    marks.add(pathKey(path));
    return null;
  }
  if (isList(value)) return value.map((each, index) => withoutMarks(each, [...path, index], marks));
  if (!isValueObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutMarks(each, [...path, key], marks)]));
}

function pathKey(path: readonly (string | number)[]): string {
  return JSON.stringify(path);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
