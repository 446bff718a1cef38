/*
 * Go's texts are bytes, ours are UTF-16. A byte that is no part of valid UTF-8 is kept as the lone surrogate U+DC80 to U+DCFF,
 * so that decoded binary data survives every function unchanged; only what is written at the end shows U+FFFD for it.
 */
const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const escapeBase = 0xdc00;

const asciiOnly = /^[\0-\x7f]*$/;

export function isAscii(text: string): boolean {
  return asciiOnly.test(text);
}

/** How many bytes the text is, in UTF-8. */
export function byteLength(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    const isPaired = unit >= 0xd800 && unit <= 0xdfff;
    length += isPaired || unit < 0x800 ? 1 : 2;
  }
  return text.isWellFormed() ? length : encodeText(text).length;
}

export function encodeText(text: string): Uint8Array {
  if (text.isWellFormed()) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (isEscape(point)) bytes.push(point - escapeBase);
    else for (const byte of encoder.encode(character)) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

function isEscape(point: number): boolean {
  return point >= escapeBase + 0x80 && point <= escapeBase + 0xff;
}

export function decodeBytes(bytes: Uint8Array): string {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return decodeLoosely(bytes);
  }
}

function decodeLoosely(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let index = 0; index < bytes.length;) {
    const length = sequenceLength(bytes, index);
    const isBroken = length === 0;
    parts.push(
      isBroken ? String.fromCharCode(escapeBase + (bytes[index] ?? 0)) : strictDecoder.decode(bytes.subarray(index, index + length)),
    );
    index += isBroken ? 1 : length;
  }
  return parts.join('');
}

/** How many bytes the character at the index has; 0 where none is. */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  try {
    strictDecoder.decode(bytes.subarray(index, index + length));
    return index + length <= bytes.length ? length : 0;
  } catch {
    return 0;
  }
}

/** The bytes of the text from one index to another; both must lie in it. */
export function sliceBytes(text: string, start: number, end: number): string {
  return isAscii(text) ? text.slice(start, end) : decodeBytes(encodeText(text).subarray(start, end));
}

/** The text as it may be shown: without bytes that are no text. */
export function showText(text: string): string {
  return text.toWellFormed();
}
