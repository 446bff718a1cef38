import { diagnose, type Code, type Diagnostic } from '../../core/index.ts';

/** A problem of the repository, on its way out of the functions that touch it; only `catchFailure` sees it. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.detail ?? 'the repository cannot be used');
    this.diagnostics = diagnostics;
  }
}

export function failWith(code: Code, detail: string): GitFailure {
  return new GitFailure([diagnose(code, { detail })]);
}

/** Runs what touches the repository; expected failures become diagnostics. */
export async function catchFailure<T>(run: () => Promise<T>): Promise<{ readonly value?: T; readonly diagnostics: readonly Diagnostic[] }> {
  try {
    return { value: await run(), diagnostics: [] };
  } catch (error) {
    if (error instanceof GitFailure) return { diagnostics: error.diagnostics };
    throw error;
  }
}
