import { diagnose, type Code, type Diagnostic } from '../../core/index.ts';

/** A problem of the folder, on its way out of the functions that touch it; only `catchFailure` sees it. */
export class FolderFailure extends Error {
  override readonly name = 'FolderFailure';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.detail ?? 'the folder cannot be used');
    this.diagnostics = diagnostics;
  }
}

export function failWith(code: Code, detail: string): FolderFailure {
  return new FolderFailure([diagnose(code, { detail })]);
}

/** Runs what touches the folder; what the operating system refuses becomes a diagnostic. Reports: T6005. */
export async function catchFailure<T>(run: () => Promise<T>): Promise<{ readonly value?: T; readonly diagnostics: readonly Diagnostic[] }> {
  try {
    return { value: await run(), diagnostics: [] };
  } catch (error) {
    if (error instanceof FolderFailure) return { diagnostics: error.diagnostics };
    if (!isSystemError(error)) throw error;
    return { diagnostics: [diagnose('T6005', { detail: `${error.message}.` })] };
  }
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

/** Says whether the operating system answered with one of the codes. */
export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return isSystemError(error) && codes.includes(error.code);
}
