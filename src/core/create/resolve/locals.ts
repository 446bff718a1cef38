import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { listReads } from '../../expressions/check.ts';
import { evaluate } from '../../expressions/evaluate.ts';
import type { ExpressionScope } from '../../expressions/scope.ts';
import { compareText } from '../../model/compare.ts';
import { makeUid } from '../../model/uid.ts';
import type { Json, JsonObject, Unknown, Value, ValueObject } from '../../model/value.ts';

export interface EvaluatedLocals {
  /** What could not be evaluated stands as unknown, so that what reads it is not reported as well. */
  readonly locals: ValueObject;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Evaluates `locals`, each after those that it refers to.
 * Reports: T4114 for a circle, and what their expressions report.
 */
export function evaluateLocals(definitions: Json | undefined, scope: ExpressionScope, place: Place): EvaluatedLocals {
  if (!isMap(definitions)) return { locals: {}, diagnostics: [] };
  const { order, reads, circles } = orderLocals(definitions);
  const diagnostics = circles.map((circle) => describeCircle(circle, place));
  const locals: Record<string, Value> = {};
  for (const name of circles.flat()) locals[name] = failed;
  for (const name of order) {
    // A new object each time: what expressions were shown once must not change.
    const known = Object.fromEntries((reads.get(name) ?? []).map((each) => [each, locals[each] ?? failed]));
    const outcome = evaluate(definitions[name] ?? null, { ...scope, locals: known }, { ...place, path: [...place.path, name] });
    diagnostics.push(...outcome.diagnostics);
    locals[name] = outcome.value ?? failed;
  }
  return { locals, diagnostics };
}

/** Stands for what was reported already. */
export const failed: Unknown = { $tutti: 'unknown', uid: makeUid({ type: 'reported', id: 'already' }), path: '' };

interface LocalsOrder {
  readonly order: readonly string[];
  /** Which other locals each one reads. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
  readonly circles: readonly (readonly string[])[];
}

/** The order is that of the definition: worked out once, not for each resource. */
const orders = new WeakMap<JsonObject, LocalsOrder>();

function orderLocals(definitions: JsonObject): LocalsOrder {
  const known = orders.get(definitions);
  if (known) return known;
  const order = findOrder(definitions);
  orders.set(definitions, order);
  return order;
}

function findOrder(definitions: JsonObject): LocalsOrder {
  const names = Object.keys(definitions).toSorted(compareText);
  const reads = new Map(names.map((name) => [name, listNamesRead(definitions[name] ?? null, name, names)]));
  const waiting = new Set(names);
  const order: string[] = [];
  const circles: (readonly string[])[] = [];
  const isWaiting = (name: string): boolean => waiting.has(name);
  while (waiting.size > 0) {
    const ready = [...waiting].filter((name) => !reads.get(name)?.some(isWaiting));
    const circle = ready.length > 0 ? [] : findCircle([...waiting], reads, isWaiting);
    order.push(...ready);
    if (circle.length > 0) circles.push(circle);
    for (const name of [...ready, ...circle]) waiting.delete(name);
  }
  return { order, reads, circles };
}

/** Follows what each reads among those that wait, until one comes again: all of them read one that waits. */
function findCircle(
  waiting: readonly string[],
  reads: ReadonlyMap<string, readonly string[]>,
  isWaiting: (name: string) => boolean,
): readonly string[] {
  const way: string[] = [];
  let name = waiting[0] ?? '';
  while (!way.includes(name)) {
    way.push(name);
    name = reads.get(name)?.find(isWaiting) ?? name;
  }
  return way.slice(way.indexOf(name));
}

/** Names of locals in an expression; where `locals` is read as a whole, all others. */
function listNamesRead(definition: Json, own: string, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const { root, steps } of listReads(definition)) {
    if (root !== 'locals') continue;
    const [step] = steps;
    const read = typeof step === 'string' ? names.filter((name) => name === step) : names.filter((name) => name !== own);
    for (const name of read) found.add(name);
  }
  return [...found].toSorted(compareText);
}

function describeCircle(circle: readonly string[], place: Place): Diagnostic {
  const [first = ''] = circle;
  const detail = circle.length === 1 ? `\`${first}\` refers to itself.` : `${[...circle, first].map((name) => `\`${name}\``).join(' → ')}.`;
  const related = circle.map((name) => ({ message: name, place: { ...place, path: [...place.path, name] } }));
  return diagnose('T4114', { detail, place: { ...place, path: [...place.path, first] }, related });
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
