import { diagnose } from '../../core/index.ts';
import { exitCodes, type CommandResult } from '../command.ts';
import type { CliHost } from '../host.ts';
import { reject } from '../result.ts';

/** What a thrown error means: the user interrupted, or we made a mistake. */
export function describeThrown(error: unknown, host: Pick<CliHost, 'env' | 'signal'>): CommandResult {
  if (host.signal.aborted) return describeInterruption();
  const message = error instanceof Error ? error.message : String(error);
  const trace = host.env['TUTTI_DEBUG'] && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return { exitCode: exitCodes.defect, diagnostics: [diagnose('T9012', { detail: `${message}${trace}` })], data: null };
}

export function describeInterruption(detail = 'The command was interrupted before it had finished.'): CommandResult {
  return { exitCode: exitCodes.interrupted, diagnostics: [diagnose('T9014', { detail })], data: null };
}

export function describeUsage(detail: string): CommandResult {
  return reject([diagnose('T9001', { detail })]);
}
