import { diagnose, type Code, type Diagnostic } from '../core/index.ts';
import { describeProblem, type Problem } from './problem.ts';
import type { ApiFailure } from './types.ts';

/** The failure that a problem document tells of. */
export function toFailure(problem: Problem): ApiFailure {
  const { status, code, diagnostics } = problem;
  return { ok: false, status, code, diagnostics };
}

/** A failure that no server told of: it was not reached, or something else answered. Its status is 0. */
export function failLocally(code: Extract<Code, 'T8006' | 'T8012' | 'T8013'>, detail: string): ApiFailure {
  return { ...toFailure(describeProblem([diagnose(code, { detail })])), status: 0 };
}

/** Says whether parsed JSON is a problem document. Members that it does not know are of a newer server: they are let be. */
export function isProblem(value: unknown): value is Problem {
  return isRecord(value) && typeof value['code'] === 'string' && typeof value['status'] === 'number' && isDiagnostics(value['diagnostics']);
}

/** Says whether parsed JSON is the answer of a successful operation. */
export function isEnvelope<T>(value: unknown): value is { readonly data: T; readonly diagnostics: readonly Diagnostic[] } {
  return isRecord(value) && Object.hasOwn(value, 'data') && isDiagnostics(value['diagnostics']);
}

function isDiagnostics(value: unknown): value is readonly Diagnostic[] {
  return (
    Array.isArray(value) && value.every((each) => isRecord(each) && typeof each['code'] === 'string' && typeof each['detail'] === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
