import { decodeBytes, encodeText, isAscii } from '../values/bytes.ts';

export interface WrapStyle {
  readonly width: number;
  readonly separator: string;
  /** What becomes of words longer than a line. */
  readonly longWords: 'kept' | 'cut';
}

/** Puts a separator where lines would be longer than the width, which is counted in bytes. */
export function wrapText(text: string, { width, separator, longWords }: WrapStyle): readonly string[] {
  const lines: string[] = [];
  const line = Math.max(width, 1);
  const source = isAscii(text) ? text : bytesAsText(text);
  let offset = 0;
  while (source.length - offset > line) {
    if (source[offset] === ' ') {
      offset++;
      continue;
    }
    const end = endOfLine(source, { offset, line, longWords });
    if (end === undefined) break;
    lines.push(source.slice(offset, end.at), separator);
    offset = end.next;
  }
  lines.push(source.slice(offset));
  return source === text ? lines : lines.map((part) => (part === separator ? part : textOfBytes(part)));
}

interface LineEnd {
  readonly at: number;
  readonly next: number;
}

function endOfLine(
  text: string,
  { offset, line, longWords }: { readonly offset: number; readonly line: number; readonly longWords: 'kept' | 'cut' },
): LineEnd | undefined {
  const space = text.slice(offset, offset + line + 1).lastIndexOf(' ');
  if (space >= 0) return { at: offset + space, next: offset + space + 1 };
  if (longWords === 'cut') return { at: offset + line, next: offset + line };
  const following = text.indexOf(' ', offset + line);
  return following < 0 ? undefined : { at: following, next: following + 1 };
}

function bytesAsText(text: string): string {
  return Array.from(encodeText(text), (byte) => String.fromCharCode(byte)).join('');
}

function textOfBytes(text: string): string {
  return decodeBytes(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
