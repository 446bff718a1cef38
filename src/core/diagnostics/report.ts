import { catalogue, type Code } from './catalogue/index.ts';
import type { Diagnostic, Outcome, Place, Related, SourceRange } from './diagnostic.ts';

export interface DiagnosticParts {
  readonly detail: string;
  readonly place?: Place | undefined;
  readonly source?: SourceRange | undefined;
  readonly related?: readonly Related[] | undefined;
}

/**
 * Makes a diagnostic of a catalogued code.
 * Shape: severity and summary come from the catalogue; the caller supplies detail and place.
 */
export function diagnose(code: Code, parts: DiagnosticParts): Diagnostic {
  const { severity, summary } = catalogue[code];
  return {
    code,
    severity,
    summary,
    detail: parts.detail,
    ...(parts.place && { place: parts.place }),
    ...(parts.source && { source: parts.source }),
    related: parts.related ?? [],
  };
}

/** Says whether any diagnostic is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === 'error');
}

/** A result with nothing more to say than the given notes. */
export function succeed<T>(value: T, diagnostics: readonly Diagnostic[] = []): Outcome<T> {
  return { value, diagnostics };
}

/** An outcome without a value; at least one of the diagnostics is an error. */
export function fail(...diagnostics: readonly Diagnostic[]): Outcome<never> {
  return { diagnostics };
}

/** The value of an outcome unless there are errors in it. */
export function settle<T>(value: T, diagnostics: readonly Diagnostic[]): Outcome<T> {
  return hasErrors(diagnostics) ? { diagnostics } : { value, diagnostics };
}
