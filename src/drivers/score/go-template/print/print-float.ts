import { roundedDigits, shortestDigits, type Digits } from './float-digits.ts';

export type FloatVerb = 'e' | 'E' | 'f' | 'g' | 'G';

/** A number in a format of Go's, without sign; the precision is undefined for as many digits as are needed. */
export function printFloat(value: number, verb: FloatVerb, precision: number | undefined): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : 'Inf';
  if (verb === 'f') return printFixed(value, precision);
  if (verb === 'g' || verb === 'G') return printGeneral(value, verb === 'g' ? 'e' : 'E', precision);
  const digits = precision === undefined ? shortestDigits(value) : roundedDigits(value, () => precision + 1);
  return printExponent(digits, verb, precision ?? Math.max(digits.digits.length - 1, 0));
}

function printFixed(value: number, precision: number | undefined): string {
  const digits = precision === undefined ? shortestDigits(value) : roundedDigits(value, ({ point }) => point + precision);
  return layOut(digits, precision ?? Math.max(digits.digits.length - digits.point, 0));
}

function layOut({ digits, point }: Digits, decimals: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (decimals === 0) return whole;
  const fraction = `${'0'.repeat(Math.max(-point, 0))}${digits.slice(Math.max(point, 0))}`;
  return `${whole}.${fraction.slice(0, decimals).padEnd(decimals, '0')}`;
}

function printExponent({ digits, point }: Digits, sign: 'e' | 'E', decimals: number): string {
  const shown = digits.padEnd(decimals + 1, '0');
  const exponent = digits === '' ? 0 : point - 1;
  const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return `${shown[0] ?? '0'}${decimals > 0 ? `.${shown.slice(1, decimals + 1)}` : ''}${sign}${power}`;
}

/** Large and small numbers with an exponent, others without. */
function printGeneral(value: number, sign: 'e' | 'E', precision: number | undefined): string {
  const wanted = precision === 0 ? 1 : precision;
  const digits = wanted === undefined ? shortestDigits(value) : roundedDigits(value, () => wanted);
  const length = digits.digits.length;
  const limit = wanted === undefined ? shortestLimit : wanted > length && length >= digits.point ? length : wanted;
  const exponent = digits.point - 1;
  if (length > 0 && (exponent < -4 || exponent >= limit)) return printExponent(digits, sign, length - 1);
  return layOut(digits, Math.max(length - digits.point, 0));
}

/** From this exponent on, a number printed with as few digits as it needs has one. */
const shortestLimit = 6;
