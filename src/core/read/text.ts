import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { diagnose, fail, succeed } from '../diagnostics/report.ts';
import { findLineStarts, findPosition, makeRangeFinder } from './text-position.ts';

const strictDecoder = new TextDecoder('utf-8', { fatal: true });
const keepingDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenientDecoder = new TextDecoder('utf-8');

/**
 * Reads the bytes of a configuration file as text.
 * Rule: UTF-8 with or without a byte order mark, which is dropped; any other encoding is an error that names the first byte that does not fit.
 * Shape: bytes in, text out; never throws. `file` only names the place in diagnostics.
 * Reports: T1001, T1002.
 */
export function decodeText(bytes: Uint8Array, file = ''): Outcome<string> {
  const text = tryDecode(strictDecoder, bytes);
  if (text !== undefined && !nameOtherEncoding(bytes)) return succeed(text);
  const source = { file, start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const other = nameOtherEncoding(bytes);
  if (other) {
    return fail(diagnose('T1002', { source, detail: `The first bytes are the mark of ${other}. Save the file as UTF-8.` }));
  }
  return fail(describeBadByte(bytes, file));
}

/** The text of bytes that are valid UTF-8, a byte order mark included; nothing for other bytes. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  return tryDecode(keepingDecoder, bytes);
}

function tryDecode(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

const marks: readonly { readonly name: string; readonly bytes: readonly number[] }[] = [
  { name: 'UTF-32', bytes: [0xff, 0xfe, 0, 0] },
  { name: 'UTF-32', bytes: [0, 0, 0xfe, 0xff] },
  { name: 'UTF-16', bytes: [0xff, 0xfe] },
  { name: 'UTF-16', bytes: [0xfe, 0xff] },
];

function nameOtherEncoding(bytes: Uint8Array): string | undefined {
  // UTF-32 comes first: its little-endian mark begins with that of UTF-16.
  return marks.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte))?.name;
}

function describeBadByte(bytes: Uint8Array, file: string): Diagnostic {
  const offset = findInvalidByte(bytes);
  const before = lenientDecoder.decode(bytes.subarray(0, offset));
  const start = findPosition(findLineStarts(before), before.length);
  const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0');
  return diagnose('T1001', {
    source: { file, start, end: { line: start.line, column: start.column + 1 } },
    detail: `The byte 0x${byte} at offset ${offset} is not part of a UTF-8 character. Save the file as UTF-8.`,
  });
}

/** Offset of the first byte that does not begin or go on with a character. */
function findInvalidByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = measureCharacter(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** How many bytes the character at an offset has; 0 where there is none. */
function measureCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const rest = bytes.subarray(at + 1, at + length);
  const isComplete = rest.length === length - 1 && rest.every((byte) => (byte & 0xc0) === 0x80);
  return isComplete && isShortestForm(first, rest[0] ?? 0) ? length : 0;
}

/** Overlong forms, surrogates and code points beyond U+10FFFF are shut out by the second byte. */
function isShortestForm(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second <= 0x9f;
  if (first === 0xf0) return second >= 0x90;
  return first !== 0xf4 || second <= 0x8f;
}

// Everything below U+0020 but tab and line breaks, and U+007F. YAML forbids some of U+0080 – U+009F too; they do no harm.
// oxlint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Finds what makes a text unfit to be read as YAML at all. */
export function checkText(file: string, text: string, sizeMax: number): readonly Diagnostic[] {
  const rangeOf = makeRangeFinder(file, text);
  if (text.length > sizeMax) {
    const detail = `It has ${text.length} characters; at most ${sizeMax} are read. Split it, or move large content into files that \`source\` names.`;
    return [diagnose('T1004', { source: rangeOf([0, 0]), detail })];
  }
  const at = text.search(controlCharacter);
  if (at < 0) return [];
  const code = text.charCodeAt(at).toString(16).padStart(4, '0').toUpperCase();
  const hint = code === '0000' ? ' A NUL usually means that the file is binary or damaged.' : '';
  return [diagnose('T1003', { source: rangeOf([at, at + 1]), detail: `U+${code} is not allowed in YAML.${hint} Remove it.` })];
}
