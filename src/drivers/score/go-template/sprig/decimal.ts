import { shortestDigits } from '../print/float-digits.ts';

/** An exact decimal number: coefficient × 10^exponent. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** Of the shortest text of a number, so that 0.1 is a tenth. */
export function toDecimal(value: number): Decimal {
  const { digits, point } = shortestDigits(value);
  if (digits === '') return { coefficient: 0n, exponent: 0 };
  const whole = BigInt(digits);
  return { coefficient: value < 0 ? -whole : whole, exponent: point - digits.length };
}

export function fromDecimal({ coefficient, exponent }: Decimal): number {
  return Number(`${coefficient}e${exponent}`);
}

export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const exponent = Math.min(left.exponent, right.exponent);
  return { coefficient: scale(left, exponent) + scale(right, exponent), exponent };
}

function scale({ coefficient, exponent }: Decimal, to: number): bigint {
  return coefficient * 10n ** BigInt(exponent - to);
}

export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
  return addDecimals(left, { ...right, coefficient: -right.coefficient });
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  return { coefficient: left.coefficient * right.coefficient, exponent: left.exponent + right.exponent };
}

/** Digits after the point that a division gives. */
const divisionDigits = 16;

/** Rounded to 16 digits after the point, halves away from zero. The divisor must not be zero. */
export function divideDecimals(left: Decimal, right: Decimal): Decimal {
  const shift = left.exponent - right.exponent + divisionDigits;
  const dividend = left.coefficient * 10n ** BigInt(Math.max(shift, 0));
  const divisor = right.coefficient * 10n ** BigInt(Math.max(-shift, 0));
  return { coefficient: divideRounded(dividend, divisor), exponent: -divisionDigits };
}

function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = magnitude(dividend % divisor) * 2n;
  if (rest < magnitude(divisor)) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
