import { canonicalJson, type Json, type JsonObject } from '../../core/index.ts';
import { listOf, mapOf, textOf } from './fields.ts';

/** Who has set a field. */
export interface FieldOwner {
  readonly owner: string;
  /** ISO 8601. */
  readonly since?: string;
}

const ours = 'tutti';

/**
 * Finds who set a field last, besides us.
 * Shape: the object as it is, its `managedFields`, a JSON pointer into it.
 * Source: the Kubernetes API, FieldsV1: `f:NAME` is a field, `k:{…}` an item of a list by its keys, `v:…` one by its value.
 */
export function findOwner(live: JsonObject, managedFields: Json | undefined, path: string): FieldOwner | undefined {
  const steps = path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const entries = listOf(managedFields).map(mapOf);
  const owning = entries.filter((entry) => textOf(entry['manager']) !== ours && owns(entry['fieldsV1'], live, steps));
  const last = owning.toSorted((left, right) => (timeOf(left) < timeOf(right) ? -1 : 1)).at(-1);
  if (!last) return undefined;
  return { owner: textOf(last['manager']), ...(timeOf(last) !== '' && { since: timeOf(last) }) };
}

function timeOf(entry: JsonObject): string {
  return textOf(entry['time']);
}

/** Whether a set of fields has one in it, or something within it. */
function owns(fields: Json | undefined, value: Json | undefined, [step, ...rest]: readonly string[]): boolean {
  if (fields === undefined) return false;
  if (step === undefined) return true;
  const set = mapOf(fields);
  if (!Array.isArray(value)) return owns(set[`f:${step}`], mapOf(value)[step], rest);
  const item: Json | undefined = value[Number(step)];
  const named = Object.entries(set).find(([key]) => namesItem(key, item));
  // A list that is set as a whole has no items of its own.
  return named ? owns(named[1], item, rest) : Object.keys(set).length === 0;
}

function namesItem(key: string, item: Json | undefined): boolean {
  if (item === undefined) return false;
  if (key.startsWith('v:')) return canonicalJson(parse(key.slice(2))) === canonicalJson(item);
  if (!key.startsWith('k:')) return false;
  const fields = mapOf(item);
  return Object.entries(mapOf(parse(key.slice(2)))).every(([name, value]) => canonicalJson(fields[name] ?? null) === canonicalJson(value));
}

function parse(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}
