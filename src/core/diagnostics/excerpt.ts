import type { SourceRange } from './diagnostic.ts';
import { escapeControls } from './quote.ts';

const widthMax = 100;
const tabWidth = 4;

/**
 * Shows the line of a range, with the line before it, their numbers, and carets under the range.
 * Rule: at most 100 columns a line, cut around the caret; a range over several lines is marked on its first; control characters are shown as
 * escapes, so that a terminal never acts on them; wide characters count two columns.
 * Shape: the range and the whole text of its file in; lines of plain text out, without a line break at the end; empty if the line does not exist.
 */
export function excerpt(source: SourceRange, text: string): string {
  const lines = text.split('\n', source.start.line).map((line) => line.replace(/\r$/, ''));
  const line = lines[source.start.line - 1];
  if (line === undefined) return '';
  const gutter = String(source.start.line).length;
  const before = lines[source.start.line - 2] ?? '';
  const shown = markLine(line, source);
  return [
    ...(before.trim() === '' ? [] : [numberLine(source.start.line - 1, cutLine(showText(before)), gutter)]),
    numberLine(source.start.line, shown.text, gutter),
    `${' '.repeat(gutter)} | ${shown.carets}`,
  ].join('\n');
}

function numberLine(number: number, text: string, gutter: number): string {
  return `${String(number).padStart(gutter)} | ${text}`.trimEnd();
}

interface MarkedLine {
  readonly text: string;
  readonly carets: string;
}

function markLine(line: string, { start, end }: SourceRange): MarkedLine {
  const from = Math.min(start.column - 1, line.length);
  const to = end.line === start.line ? Math.min(end.column - 1, line.length) : line.length;
  const before = showText(line.slice(0, from));
  const marked = showText(line.slice(from, to));
  const after = showText(line.slice(Math.max(from, to)));
  const visibleBefore = cutStart(before, Math.max(widthMax - measureWidth(marked) - 10, widthMax / 2));
  const column = measureWidth(visibleBefore);
  const caretCount = Math.max(1, Math.min(measureWidth(marked), widthMax - column));
  return { text: cutLine(visibleBefore + marked + after), carets: ' '.repeat(column) + '^'.repeat(caretCount) };
}

function showText(text: string): string {
  return escapeControls(text.toWellFormed().replaceAll('\t', ' '.repeat(tabWidth)));
}

function cutLine(text: string): string {
  return measureWidth(text) <= widthMax ? text : `${takeStart(text, widthMax - 1)}…`;
}

function cutStart(text: string, width: number): string {
  if (measureWidth(text) <= width) return text;
  const reversed = [...text].toReversed().join('');
  return `…${[...takeStart(reversed, width - 1)].toReversed().join('')}`;
}

function takeStart(text: string, width: number): string {
  let taken = '';
  let total = 0;
  for (const character of text) {
    total += characterWidth(character);
    if (total > width) break;
    taken += character;
  }
  return taken;
}

function measureWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const zeroWidth = /\p{Mark}|\u200d/u;
const doubleWidth =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|[\u3000-\u303f\uff01-\uff60]/u;

function characterWidth(character: string): number {
  if (character < '\u0300') return 1;
  if (zeroWidth.test(character)) return 0;
  return doubleWidth.test(character) ? 2 : 1;
}
