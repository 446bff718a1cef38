import type { Run } from '../run/run.ts';
import type { Val } from '../values/value.ts';
import { joinParts, plainStyle, printPlain, printValue } from './print-value.ts';

/** As `fmt.Sprint`: a space between two values where neither is a text. */
export function printAll(values: readonly Val[], run: Run): string {
  const parts: string[] = [];
  for (const [index, value] of values.entries()) {
    const isApart = index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string';
    if (isApart) parts.push(' ');
    parts.push(printPlain(value, run));
  }
  return joinParts(parts, '', run);
}

/** As `fmt.Sprintln`: a space between all, and an end of line. */
export function printLine(values: readonly Val[], run: Run): string {
  return `${joinParts(
    values.map((value) => printValue(value, plainStyle, run)),
    ' ',
    run,
  )}\n`;
}
