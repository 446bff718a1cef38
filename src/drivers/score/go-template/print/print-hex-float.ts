const fractionBits = 52n;

/** A number as `0x1.8p+00`, without sign; the precision is how many digits follow the point. */
export function printHexFloat(value: number, precision: number | undefined): string {
  const { mantissa, exponent } = takeApart(Math.abs(value));
  const kept = precision === undefined ? fractionBits : BigInt(Math.min(precision * 4, 52));
  const rounded = roundBits(mantissa, fractionBits - kept);
  const hasCarried = rounded >> fractionBits > 1n;
  const shown = hasCarried ? rounded >> 1n : rounded;
  const digits = (shown & ((1n << fractionBits) - 1n)).toString(16).padStart(13, '0');
  const fraction = precision === undefined ? digits.replace(/0+$/, '') : digits.padEnd(precision, '0').slice(0, precision);
  const power = exponent + (hasCarried ? 1 : 0);
  const sign = power < 0 ? '-' : '+';
  return `0x${shown >> fractionBits}${fraction === '' ? '' : `.${fraction}`}p${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** A number as a whole one times a power of two: `6755399441055744p-52`. */
export function printBinaryFloat(value: number): string {
  const { mantissa, exponent } = takeApart(Math.abs(value));
  const power = value === 0 ? smallestPower : Math.max(exponent - Number(fractionBits), smallestPower);
  const whole = value === 0 ? 0n : mantissa >> BigInt(power - exponent + Number(fractionBits));
  return `${whole}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}

const smallestPower = -1074;

interface Parts {
  /** With the first bit, unless the number is zero. */
  readonly mantissa: bigint;
  readonly exponent: number;
}

function takeApart(value: number): Parts {
  if (value === 0) return { mantissa: 0n, exponent: 0 };
  const exponent = exponentOf(value);
  // Dividing by a power of two in two steps keeps it exact at the ends of the range.
  const scaled = value / 2 ** Math.trunc(exponent / 2) / 2 ** (exponent - Math.trunc(exponent / 2));
  return { mantissa: BigInt(scaled * 2 ** 52), exponent };
}

function exponentOf(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const biased = (view.getUint16(0) >> 4) & 0x7ff;
  return biased === 0 ? exponentOf(value * 2 ** 64) - 64 : biased - 1023;
}

/** Without the last bits, halves to even. */
function roundBits(mantissa: bigint, dropped: bigint): bigint {
  if (dropped === 0n) return mantissa;
  const unit = 1n << dropped;
  const rest = mantissa % unit;
  const down = mantissa - rest;
  const isOdd = (mantissa >> dropped) % 2n === 1n;
  return rest * 2n > unit || (rest * 2n === unit && isOdd) ? down + unit : down;
}
