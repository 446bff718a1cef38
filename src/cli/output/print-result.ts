import { locate, renderDiagnostic, type Diagnostic } from '../../core/index.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import type { Paint } from './paint.ts';

type World = Pick<CommandCall, 'host' | 'output' | 'sources'>;

/** Prints what a command gave: its text or the JSON document to standard output, diagnostics for people to standard error. */
export function printResult(result: CommandResult, world: World): void {
  const { host, output, sources } = world;
  const diagnostics = locateAll(result.diagnostics, sources);
  if (output.isJson) {
    host.stdout.write(`${JSON.stringify({ ok: result.exitCode === exitCodes.done, diagnostics, data: result.data ?? null }, null, 2)}\n`);
    return;
  }
  if (result.text !== undefined && result.text !== '') host.stdout.write(`${result.text.replace(/\n$/, '')}\n`);
  if (diagnostics.length > 0) output.note(describeDiagnostics(diagnostics, world));
}

/** All diagnostics for people, with excerpts of the files that were read, and a line that counts them. */
function describeDiagnostics(diagnostics: readonly Diagnostic[], { output, sources }: World): string {
  const paint = paintOf(output.notePaint);
  const blocks = diagnostics.map((each) => renderDiagnostic(each, each.source && sources.get(each.source.file), paint));
  return [...blocks, countDiagnostics(diagnostics)].join('\n\n');
}

function locateAll(diagnostics: readonly Diagnostic[], sources: CommandCall['sources']): readonly Diagnostic[] {
  const hasPlaces = diagnostics.some((each) => each.place !== undefined || each.related.some((related) => related.place !== undefined));
  if (!hasPlaces) return diagnostics;
  return locate(
    diagnostics,
    Array.from(sources, ([file, text]) => ({ file, text })),
  );
}

/** `2 errors, 1 warning` */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const names = { error: 'error', warning: 'warning', info: 'note' } as const;
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = diagnostics.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [`${count} ${names[severity]}${count === 1 ? '' : 's'}`];
  });
  return parts.join(', ');
}

function paintOf(paint: Paint): Parameters<typeof renderDiagnostic>[2] {
  return { severity: { error: paint.bad, warning: paint.warn, info: paint.accent }, place: paint.faint, excerpt: paint.faint };
}
