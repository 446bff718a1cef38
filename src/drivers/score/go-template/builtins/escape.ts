import { isPrintable } from '../print/quote-text.ts';
import { encodeText } from '../values/bytes.ts';

const htmlEscapes: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[\0"'&<>]/g, (character) => htmlEscapes[character] ?? character);
}

const jsEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

export function escapeJs(text: string): string {
  return text.replace(/[\\'"<>&=]|[^ -~]/gu, (character) => jsEscapes[character] ?? escapeUnusual(character));
}

function escapeUnusual(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const isByte = point >= 0xdc80 && point <= 0xdcff;
  if (isByte || (point > 0x7f && isPrintable(character))) return character;
  return point === 0x7f ? character : `\\u${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** As a value in the query of a URL: a space becomes `+`. */
export function escapeQuery(text: string): string {
  return Array.from(encodeText(text), escapeByte).join('').replaceAll('%20', '+');
}

function escapeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
