import { encodeText } from '../values/bytes.ts';

const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Says whether Go counts a character as printable. */
export function isPrintable(character: string): boolean {
  return printable.test(character);
}

const escapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

export type Quote = '"' | "'";

const plainText = /^[ !#-[\]-~]*$/;

/** A text in double quotes, as Go would write it in a program. */
export function quoteText(text: string): string {
  return plainText.test(text) ? `"${text}"` : quoteCharacters(text, '"');
}

function quoteCharacters(text: string, quote: Quote): string {
  return `${quote}${Array.from(text, (character) => escapeCharacter(character, quote)).join('')}${quote}`;
}

/** As `quoteText`, with everything beyond ASCII escaped. */
export function quoteToAscii(text: string): string {
  return `"${Array.from(text, (character) => (character > '~' ? escapePoint(character) : escapeCharacter(character, '"'))).join('')}"`;
}

/** A character in single quotes. */
export function quoteRune(character: string): string {
  return quoteCharacters(character, "'");
}

function escapeCharacter(character: string, quote: Quote): string {
  if (character === quote) return `\\${quote}`;
  return escapes[character] ?? (isPrintable(character) ? character : escapePoint(character));
}

function escapePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0xdc80 && point <= 0xdcff) return `\\x${(point - 0xdc00).toString(16)}`;
  if (point < 0x20 || point === 0x7f) return `\\x${point.toString(16).padStart(2, '0')}`;
  const hex = point.toString(16);
  return point > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

/** Says whether a text can stand between backquotes unchanged. */
export function canBackquote(text: string): boolean {
  return text.isWellFormed() && Array.from(text).every(isFitForBackquotes);
}

function isFitForBackquotes(character: string): boolean {
  const isControl = character < ' ' && character !== '\t';
  return !isControl && character !== '`' && character !== '\x7f' && character !== '\ufeff';
}

export interface HexStyle {
  readonly isUpper: boolean;
  readonly hasSpaces: boolean;
  readonly hasPrefix: boolean;
}

/** The bytes of a text in hexadecimal. */
export function hexOf(text: string, { isUpper, hasSpaces, hasPrefix }: HexStyle): string {
  const prefix = hasPrefix ? '0x' : '';
  const pairs = Array.from(encodeText(text), (byte) => byte.toString(16).padStart(2, '0'));
  const hex = hasSpaces ? pairs.map((pair) => prefix + pair).join(' ') : pairs.length > 0 ? prefix + pairs.join('') : '';
  return isUpper ? hex.toUpperCase() : hex;
}
