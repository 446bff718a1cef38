import type { Diagnostic } from '../core/index.ts';
import type { ApiFailure } from '../client/index.ts';
import { exitCodes, type CommandResult, type ExitCode } from './command.ts';

/** What a command gives back when it did what it was asked. */
export function complete(data: unknown, text?: string, diagnostics: readonly Diagnostic[] = []): CommandResult {
  return { exitCode: exitCodes.done, diagnostics, data, ...(text !== undefined && { text }) };
}

/** Codes that concern the command line itself and not what it names. */
const usageCodes: ReadonlySet<string> = new Set(['T9001', 'T9002', 'T9003', 'T9004']);

/** The command line or the input has a problem. */
export function reject(diagnostics: readonly Diagnostic[]): CommandResult {
  const isUsage = diagnostics.some(({ code }) => usageCodes.has(code));
  return { exitCode: isUsage ? exitCodes.usage : exitCodes.problem, diagnostics, data: null };
}

/** The API said no. */
export function reportFailure(failure: ApiFailure): CommandResult {
  return { exitCode: chooseExitCode(failure), diagnostics: failure.diagnostics, data: null };
}

/** Access, brakes, stale plans, an environment that another deployment holds. */
const refusals: ReadonlySet<string> = new Set(['T4010', 'T4011', 'T9016', 'T7206', 'T7208']);

/**
 * The exit code of a failure.
 * Rule: what was refused is 3; what no server answered, or the server could not do, is 4; all else is a problem in the input.
 * Source: domain.md §11.
 */
export function chooseExitCode({ status, code }: Pick<ApiFailure, 'status' | 'code'>): ExitCode {
  if (status === 401 || status === 403 || refusals.has(code)) return exitCodes.refused;
  if (code === 'T8006') return exitCodes.problem;
  return status === 0 || status >= 500 || code === 'T8013' ? exitCodes.failed : exitCodes.problem;
}
