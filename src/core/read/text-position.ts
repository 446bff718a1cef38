import type { Position, SourceRange } from '../diagnostics/diagnostic.ts';

/**
 * Offsets at which the lines of a text begin.
 * Units: UTF-16 code units, as everywhere in positions.
 */
export function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column of an offset, by binary search. */
export function findPosition(lineStarts: readonly number[], offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

export interface RangeFinder {
  (span: readonly [number, number]): SourceRange;
}

/** Makes ranges of a file from pairs of offsets; the line starts are computed when the first one is asked for. */
export function makeRangeFinder(file: string, text: string): RangeFinder {
  let lineStarts: readonly number[] | undefined;
  return ([start, end]) => {
    lineStarts ??= findLineStarts(text);
    const from = Math.min(start, text.length);
    return { file, start: findPosition(lineStarts, from), end: findPosition(lineStarts, Math.max(from, Math.min(end, text.length))) };
  };
}
