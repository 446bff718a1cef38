import { locate, renderDiagnostic, type Diagnostic } from '../../core/index.ts';
import type { SourceTexts } from '../command.ts';
import type { Paint } from './paint.ts';

/** All diagnostics for people, with excerpts of the files that were read, and a line that counts them. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[], paint: Paint, sources: SourceTexts): string {
  const colors = paintOf(paint);
  const blocks = diagnostics.map((each) => renderDiagnostic(each, each.source && sources.get(each.source.file), colors));
  return [...blocks, countDiagnostics(diagnostics)].join('\n\n');
}

/** Finds the positions of places in the files that were read; what is located already stays in its order. */
export function locateAll(diagnostics: readonly Diagnostic[], sources: SourceTexts): readonly Diagnostic[] {
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
