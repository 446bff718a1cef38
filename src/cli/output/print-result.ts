import type { Diagnostic } from '../../core/index.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';

type World = Pick<CommandCall, 'host' | 'output' | 'sources'>;

/** Prints what a command gave: its text or the JSON document to standard output, diagnostics for people to standard error. */
export async function printResult(result: CommandResult, { host, output, sources }: World): Promise<void> {
  const reporter = result.diagnostics.length === 0 ? undefined : await import('./diagnostics.ts');
  const diagnostics: readonly Diagnostic[] = reporter ? reporter.locateAll(result.diagnostics, sources) : [];
  if (output.isJson) {
    const document = { ok: result.exitCode === exitCodes.done, diagnostics, data: result.data ?? null };
    host.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  if (result.text) host.stdout.write(`${result.text.replace(/\n$/, '')}\n`);
  if (reporter) output.note(reporter.describeDiagnostics(diagnostics, output.notePaint, sources));
}
