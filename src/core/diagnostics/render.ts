import type { Diagnostic, Related, Severity, SourceRange } from './diagnostic.ts';
import { excerpt } from './excerpt.ts';
import { escapeControls } from './quote.ts';

/** How the parts of a diagnostic are coloured; without it the text is plain. */
export interface Paint {
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  readonly place: (text: string) => string;
  readonly excerpt: (text: string) => string;
}

const plain = (text: string): string => text;

const plainPaint: Paint = { severity: { error: plain, warning: plain, info: plain }, place: plain, excerpt: plain };

/**
 * Writes one diagnostic for people: severity with code and summary, file:line:column, excerpt, detail, what is related.
 * Rule: every part that may hold text of a user is made harmless for a terminal first.
 * Shape: a located diagnostic, and the text of its file where it is at hand; several lines out, no line break at the end.
 */
export function renderDiagnostic(diagnostic: Diagnostic, text?: string, paint: Paint = plainPaint): string {
  const { code, severity, summary, detail, related } = diagnostic;
  return [
    `${paint.severity[severity](`${severity}[${code}]`)} ${summary}`,
    ...renderPlace(diagnostic, text, paint),
    ...indentText(detail),
    ...related.flatMap((each) => indentText(renderRelated(each))),
  ].join('\n');
}

function renderPlace({ source, place }: Diagnostic, text: string | undefined, paint: Paint): readonly string[] {
  if (!source) return place ? [paint.place(` --> ${escapeControls(place.file)}`)] : [];
  const shown = text === undefined ? '' : excerpt(source, text);
  return [paint.place(` --> ${showSource(source)}`), ...(shown === '' ? [] : [indentBlock(paint.excerpt(shown))])];
}

function renderRelated({ message, source, place }: Related): string {
  if (source) return `${showSource(source)}: ${message}`;
  return place ? `${place.file}: ${message}` : message;
}

function showSource({ file, start }: SourceRange): string {
  return escapeControls(`${file}:${start.line}:${start.column}`);
}

function indentText(text: string): readonly string[] {
  return text.split('\n').map((line) => `  ${escapeControls(line)}`);
}

function indentBlock(block: string): string {
  return block
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
