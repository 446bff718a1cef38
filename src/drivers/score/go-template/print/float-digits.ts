/** The decimal digits of a number, and where the point stands among them: 0.digits × 10^point. */
export interface Digits {
  readonly digits: string;
  readonly point: number;
}

/** As few digits as tell the number from all others. */
export function shortestDigits(value: number): Digits {
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  return digits === '0' ? { digits: '', point: 0 } : { digits, point: Number(exponent) + 1 };
}

/** All digits of the number, exactly. */
function exactDigits(value: number): Digits {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const mantissa = exponent === 0 ? fraction : fraction | 0x10_0000_0000_0000n;
  const power = Math.max(exponent, 1) - 1075;
  const whole = power >= 0 ? mantissa << BigInt(power) : mantissa * 5n ** BigInt(-power);
  const text = whole.toString();
  const digits = text.replace(/0+$/, '');
  return digits === '' ? { digits: '', point: 0 } : { digits, point: text.length + Math.min(power, 0) };
}

/** The number rounded to so many digits, halves to even. */
export function roundedDigits(value: number, count: (exact: Digits) => number): Digits {
  const exact = exactDigits(value);
  const kept = count(exact);
  if (kept >= exact.digits.length) return exact;
  if (kept < 0) return { digits: '', point: 0 };
  const head = exact.digits.slice(0, kept);
  return roundsUp(exact.digits, kept)
    ? increment(head, exact.point)
    : { digits: head.replace(/0+$/, ''), point: head === '' ? 0 : exact.point };
}

function roundsUp(digits: string, kept: number): boolean {
  const next = digits[kept] ?? '0';
  if (next !== '5') return next > '5';
  const isHalf = kept + 1 === digits.length;
  const isOdd = kept > 0 && Number(digits[kept - 1]) % 2 === 1;
  return !isHalf || isOdd;
}

function increment(head: string, point: number): Digits {
  const text = (BigInt(head === '' ? 0 : head) + 1n).toString();
  const longer = text.padStart(head.length, '0');
  return { digits: longer.replace(/0+$/, ''), point: point + longer.length - head.length };
}
