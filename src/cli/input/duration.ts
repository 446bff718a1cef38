import { diagnose, type Outcome } from '../../core/index.ts';

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const secondsMax = 366 * 86_400;

/**
 * Reads a time span such as `90s`, `10m`, `2h`, `1d`; a number alone is of seconds. Gives whole seconds, a year at most.
 * Reports: T9001.
 */
export function parseDuration(text: string, what: string): Outcome<number> {
  const [, number = '', unit = ''] = /^([1-9]\d{0,7})([smhd]?)$/.exec(text) ?? [];
  const seconds = Number(number) * (secondsOf[unit] ?? 1);
  if (number !== '' && seconds <= secondsMax) return { value: seconds, diagnostics: [] };
  return { diagnostics: [diagnose('T9001', { detail: `"${text}" is not ${what}: a time span is meant, such as 90s, 10m or 2h.` })] };
}
