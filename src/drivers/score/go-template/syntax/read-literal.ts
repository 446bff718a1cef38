import { TemplateFault } from '../fault.ts';
import { decodeBytes, encodeText } from '../values/bytes.ts';
import { makeInteger, type Val } from '../values/value.ts';
import type { Token } from './token.ts';

export function readBoolean({ text }: Token): boolean {
  return text === 'true';
}

/** A whole number in any base is an int; one with a point or an exponent is a float64. */
export function readNumber({ text, at }: Token): Val {
  if (text.endsWith('i') && !/^[+-]?0x/i.test(text)) throw new TemplateFault(`imaginary numbers are not offered: "${text}"`, at);
  const integer = readInteger(text);
  if (integer !== undefined) return checkRange(integer, { text, at });
  const float = readFloat(text);
  if (float === undefined) throw new TemplateFault(`illegal number syntax: "${text}"`, at);
  if (!/[.eEpP]/.test(text)) throw new TemplateFault(`integer overflow: "${text}"`, at);
  return { kind: 'float', value: float, isLiteral: true };
}

function checkRange(integer: bigint, { text, at }: { readonly text: string; readonly at: number }): Val {
  if (integer !== BigInt.asIntN(64, integer)) throw new TemplateFault(`integer overflow: "${text}"`, at);
  return makeInteger('int', integer);
}

/** Numbers of more digits are none that anything could hold. */
const digitsMax = 400;

const integerForm =
  /^([+-]?)(?:0[xX](_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)|0[bB](_?[01]+(?:_[01]+)*)|0[oO]?(_?[0-7]+(?:_[0-7]+)*)|([0-9]+(?:_[0-9]+)*))$/;

/** A whole number as Go writes it: decimal, `0x`, `0b`, `0o` or a leading zero, with underscores between digits. */
export function readInteger(text: string): bigint | undefined {
  if (text.length > digitsMax) return undefined;
  const match = integerForm.exec(text);
  if (!match) return undefined;
  const [, sign, hex, binary, octal, decimal] = match;
  if (decimal !== undefined && decimal.length > 1 && decimal.startsWith('0')) return undefined;
  const prefixed = hex ? `0x${hex}` : binary ? `0b${binary}` : octal ? `0o${octal}` : (decimal ?? '');
  const whole = BigInt(prefixed.replaceAll('_', ''));
  return sign === '-' ? -whole : whole;
}

const decimalForm = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const hexForm = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/;

/** A decimal or hexadecimal floating-point number; undefined where it is none, or too large. */
export function readFloat(text: string): number | undefined {
  const value = decimalForm.test(text) ? Number(text) : readHexFloat(text);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function readHexFloat(text: string): number | undefined {
  const match = hexForm.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent] = match;
  if (whole === '' && fraction === '') return undefined;
  const mantissa = Number.parseInt(`${whole}${fraction}`, 16);
  const value = mantissa * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}

export function readString(token: Token): string {
  const inner = token.text.slice(1, -1);
  if (token.kind === 'rawString') return inner.replaceAll('\r', '');
  return inner.includes('\\') ? unescape(inner, { at: token.at, quote: '"' }) : inner;
}

export function readCharacter({ text, at }: Token): number {
  const characters = Array.from(unescape(text.slice(1, -1), { at, quote: "'" }));
  const [character = ''] = characters;
  if (characters.length !== 1) throw new TemplateFault(`malformed character constant: ${text}`, at);
  return readPoint(character);
}

/** Of an undecodable byte, the byte. */
function readPoint(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point >= 0xdc80 && point <= 0xdcff ? point - 0xdc00 : point;
}

const escapeForm = /\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|)/g;
const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function unescape(text: string, { at, quote }: { readonly at: number; readonly quote: string }): string {
  const replaced = text.replace(escapeForm, (whole: string, ...groups: (string | undefined)[]) => {
    const [simple, hex, octal, short, long] = groups;
    if (simple !== undefined) {
      const isForeignQuote = (simple === "'" || simple === '"') && simple !== quote;
      return isForeignQuote ? failEscape(whole, at) : (simpleEscapes[simple] ?? '');
    }
    if (hex !== undefined) return byteText(Number.parseInt(hex, 16));
    if (octal !== undefined) return Number.parseInt(octal, 8) > 255 ? failEscape(whole, at) : byteText(Number.parseInt(octal, 8));
    const point = Number.parseInt(short ?? long ?? '', 16);
    return isCharacter(point) ? String.fromCodePoint(point) : failEscape(whole, at);
  });
  // Bytes that were written one by one may make characters together.
  return replaced.isWellFormed() ? replaced : decodeBytes(encodeText(replaced));
}

function failEscape(escape: string, at: number): never {
  throw new TemplateFault(`invalid escape in a quoted text: ${escape}`, at);
}

function byteText(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte);
}

function isCharacter(point: number): boolean {
  return point >= 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
}
