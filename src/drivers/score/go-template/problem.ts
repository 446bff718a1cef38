import type { TemplateFault } from './fault.ts';

/** What is wrong in a template, and where in its text: line and column begin with 1. */
export interface TemplateProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** The function or field concerned, where known. */
  readonly near?: string;
}

export type TemplateOutcome<T> = { readonly value: T } | { readonly problem: TemplateProblem };

/** Turns a fault into a problem with its place. */
export function describeFault(
  fault: TemplateFault,
  text: string,
  { at, near }: { readonly at?: number; readonly near?: string | undefined },
): TemplateProblem {
  const place = placeOf(text, fault.at ?? at ?? 0);
  return near === undefined ? { message: fault.message, ...place } : { message: fault.message, ...place, near };
}

/** Line and column of a place in a text. */
export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: at - lineStart + 1 };
}
