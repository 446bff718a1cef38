import { pad, padWithSpaces, type Flags } from './flags.ts';
import { printFloat, type FloatVerb } from './print-float.ts';
import { printBinaryFloat, printHexFloat } from './print-hex-float.ts';
import { isPrintable, quoteRune, quoteToAscii } from './quote-text.ts';

const bases: Readonly<Record<string, { readonly base: number; readonly prefix: string }>> = {
  d: { base: 10, prefix: '' },
  v: { base: 10, prefix: '' },
  b: { base: 2, prefix: '0b' },
  o: { base: 8, prefix: '0' },
  O: { base: 8, prefix: '0o' },
  x: { base: 16, prefix: '0x' },
  X: { base: 16, prefix: '0X' },
};

/** A whole number under a verb; undefined where the verb is not for whole numbers. */
export function printInteger(value: number | bigint, verb: string, flags: Flags): string | undefined {
  const form = Object.hasOwn(bases, verb) ? bases[verb] : undefined;
  if (form) return printDigits(BigInt(value), { ...form, verb }, flags);
  if (verb === 'c') return pad(characterOf(value), flags);
  if (verb === 'q') return pad(quoteCharacter(characterOf(value), flags), flags);
  return verb === 'U' ? printPoint(value, flags) : undefined;
}

interface Form {
  readonly base: number;
  readonly prefix: string;
  readonly verb: string;
}

function printDigits(value: bigint, { base, prefix, verb }: Form, flags: Flags): string {
  const { precision, width } = flags;
  if (precision === 0 && value === 0n) return ' '.repeat(width ?? 0);
  const sign = signOf(value < 0n, flags);
  const isFilled = flags.zero && !flags.minus && width !== undefined && precision === undefined;
  const least = precision ?? (isFilled ? width - sign.length : 0);
  const plain = magnitude(value).toString(base).padStart(least, '0');
  const digits = verb === 'X' ? plain.toUpperCase() : plain;
  return padWithSpaces(`${sign}${showPrefix({ base, prefix, verb }, digits, flags)}${digits}`, flags);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function signOf(isNegative: boolean, { plus, space }: Flags): string {
  if (isNegative) return '-';
  return plus ? '+' : space ? ' ' : '';
}

function showPrefix({ base, prefix, verb }: Form, digits: string, { sharp }: Flags): string {
  if (verb === 'O') return prefix;
  if (!sharp) return '';
  return base === 8 && digits.startsWith('0') ? '' : prefix;
}

function characterOf(value: number | bigint): string {
  const point = Number(value);
  const isValid = point >= 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return isValid ? String.fromCodePoint(point) : '\ufffd';
}

function quoteCharacter(character: string, { plus }: Flags): string {
  return plus ? `'${quoteToAscii(character).slice(1, -1)}'` : quoteRune(character);
}

function printPoint(value: number | bigint, flags: Flags): string {
  const digits = BigInt.asUintN(64, BigInt(value))
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0');
  const character = characterOf(value);
  const shown = flags.sharp && Number(value) <= 0x10ffff && isPrintable(character) ? ` '${character}'` : '';
  return padWithSpaces(`U+${digits}${shown}`, flags);
}

const floatVerbs: Readonly<Record<string, { readonly verb: FloatVerb; readonly precision: number | undefined }>> = {
  v: { verb: 'g', precision: undefined },
  e: { verb: 'e', precision: 6 },
  E: { verb: 'E', precision: 6 },
  f: { verb: 'f', precision: 6 },
  F: { verb: 'f', precision: 6 },
  g: { verb: 'g', precision: undefined },
  G: { verb: 'G', precision: undefined },
};

/** A number with a fraction under a verb; undefined where the verb is not for such numbers. */
export function printFraction(value: number, verb: string, flags: Flags): string | undefined {
  const digits = digitsOf(value, verb, flags.precision);
  if (digits === undefined) return undefined;
  const sign = signOf(value < 0 || Object.is(value, -0), flags);
  if (!Number.isFinite(value)) return padWithSpaces(showInfinite(value, sign, digits), flags);
  const missing = (flags.width ?? 0) - sign.length - digits.length;
  if (flags.zero && !flags.minus && missing > 0) return sign + '0'.repeat(missing) + digits;
  return padWithSpaces(sign + digits, flags);
}

function digitsOf(value: number, verb: string, precision: number | undefined): string | undefined {
  if (verb === 'b') return Number.isFinite(value) ? printBinaryFloat(value) : printFloat(value, 'g', undefined);
  if (verb === 'x' || verb === 'X') return printHex(value, verb, precision);
  const form = Object.hasOwn(floatVerbs, verb) ? floatVerbs[verb] : undefined;
  return form && printFloat(value, form.verb, precision ?? form.precision);
}

function printHex(value: number, verb: 'x' | 'X', precision: number | undefined): string {
  if (!Number.isFinite(value)) return printFloat(value, 'g', undefined);
  const hex = printHexFloat(value, precision);
  return verb === 'X' ? hex.toUpperCase() : hex;
}

/** Infinity always has its sign. */
function showInfinite(value: number, sign: string, digits: string): string {
  return sign === '' && !Number.isNaN(value) ? `+${digits}` : sign + digits;
}
