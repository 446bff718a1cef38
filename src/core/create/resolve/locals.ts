import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose, settle } from '../../diagnostics/report.ts';
import { evaluate } from '../../expressions/evaluate.ts';
import type { ExpressionScope } from '../../expressions/scope.ts';
import type { Json, Value, ValueObject } from '../../model/value.ts';

/**
 * Evaluates `locals`, each after those that it refers to.
 * Reports: T4114 for a circle, and what their expressions report.
 */
export function evaluateLocals(locals: Json | undefined, scope: ExpressionScope, place: Place): Outcome<ValueObject> {
  const diagnostics: Diagnostic[] = [];
  const done: Record<string, Value> = {};
  if (typeof locals !== 'object' || locals === null) return settle(done, diagnostics);
  let waiting = Object.entries(locals);
  while (waiting.length > 0) {
    const names = waiting.map(([name]) => name);
    const ready = waiting.filter(([name, value]) => !refersTo(value, names.filter((each) => each !== name)) && !refersTo(value, [name]));
    if (ready.length === 0) {
      const detail = `${names.join(', ')} refer to each other.`;
      diagnostics.push(diagnose('T4114', { detail, place: { ...place, path: [...place.path, names[0] ?? ''] } }));
      break;
    }
    for (const [name, value] of ready) {
      const outcome = evaluate(value, { ...scope, locals: done }, { ...place, path: [...place.path, name] });
      diagnostics.push(...outcome.diagnostics);
      done[name] = outcome.value ?? null;
    }
    waiting = waiting.filter((each) => !ready.includes(each));
  }
  return settle(done, diagnostics);
}

/** Whether a value names one of the locals; looking at its text may find too much, never too little. */
function refersTo(value: Json, names: readonly string[]): boolean {
  if (typeof value === 'string') {
    return value.includes('locals') && names.some((name) => new RegExp(`locals\\s*(\\.\\s*|\\[\\s*["'])${escapePattern(name)}\\b`).test(value));
  }
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => refersTo(each, names));
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
