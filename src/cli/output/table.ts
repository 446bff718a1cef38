import { harmless, type Paint } from './paint.ts';

export interface TableOptions {
  readonly paint: Paint;
  /** Colours a cell after it was padded. */
  readonly style?: (cell: string, column: number, row: number) => string;
}

/**
 * Lays rows out in columns that are as wide as their widest cell.
 * Shape: header, rows of as many cells; lines without trailing spaces.
 */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[], options: TableOptions): string {
  const clean = rows.map((row) => row.map(harmless));
  const widths = header.map((title, column) => Math.max(title.length, ...clean.map((row) => visibleLength(row[column] ?? ''))));
  const style = options.style ?? ((cell: string) => cell);
  const head = header.map((title, column) => options.paint.faint(pad(title, widths[column] ?? 0)));
  const body = clean.map((row, index) => header.map((_, column) => style(pad(row[column] ?? '', widths[column] ?? 0), column, index)));
  return [head, ...body].map((cells) => cells.join('  ').trimEnd()).join('\n');
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleLength(text)));
}

function visibleLength(text: string): number {
  return [...text].length;
}
