const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const lengthMax = 400;
const partForm = /([0-9]*)(?:\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)/y;
const largest = 2n ** 63n;

/** The nanoseconds of a duration such as `-1h15m30.5s`; undefined where it is none. */
export function parseDuration(text: string): bigint | undefined {
  if (text.length > lengthMax) return undefined;
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  if (text === `${sign}0`) return 0n;
  let total = 0n;
  partForm.lastIndex = sign.length;
  let position = sign.length;
  while (position < text.length) {
    const match = partForm.exec(text);
    const part = match ? readPart(match) : undefined;
    if (part === undefined) return undefined;
    total += part;
    position = partForm.lastIndex;
  }
  if (position === sign.length || total >= largest) return undefined;
  return sign === '-' ? -total : total;
}

function readPart([, whole = '', fraction = '', unit = '']: RegExpExecArray): bigint | undefined {
  if (whole === '' && fraction === '') return undefined;
  const size = units[unit] ?? 0n;
  const digits = fraction.slice(0, 18);
  return BigInt(whole || '0') * size + (BigInt(digits || '0') * size) / 10n ** BigInt(digits.length);
}

/** A duration as Go prints it: `1h15m30.5s`. */
export function printDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  return sign + (size < 1_000_000_000n ? printSmall(size) : printLarge(size));
}

function printSmall(size: bigint): string {
  if (size < 1_000n) return `${size}ns`;
  return size < 1_000_000n ? `${printScaled(size, 3)}µs` : `${printScaled(size, 6)}ms`;
}

function printLarge(size: bigint): string {
  const minutes = size / 60_000_000_000n;
  const seconds = `${printScaled(size % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return seconds;
  const hours = minutes / 60n;
  return `${hours === 0n ? '' : `${hours}h`}${minutes % 60n}m${seconds}`;
}

function printScaled(size: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const fraction = String(size % scale)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return `${size / scale}${fraction === '' ? '' : `.${fraction}`}`;
}
