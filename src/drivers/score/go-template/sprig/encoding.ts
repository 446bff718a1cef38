import { Buffer } from 'node:buffer';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { takes, textAt, type FunctionTable } from '../run/args.ts';
import { claim, type Run } from '../run/run.ts';
import { decodeBytes, encodeText } from '../values/bytes.ts';
import type { Val } from '../values/value.ts';
import { dropTrailing } from './trim-text.ts';

/** Encodings and checksums. What cannot be decoded gives a text that says so, as in Sprig. */
export const encodingFunctions: FunctionTable = {
  b64enc: takes(1, (args, run) => encode64(bytesAt(args, run))),
  b64dec: takes(1, (args) => decode(textAt(args, 0), base64)),
  b32enc: takes(1, (args, run) => encodeBits(bytesAt(args, run), base32)),
  b32dec: takes(1, (args) => decode(textAt(args, 0), base32)),
  sha1sum: takes(1, (args, run) => bytesToHex(sha1(bytesAt(args, run)))),
  sha256sum: takes(1, (args, run) => bytesToHex(sha256(bytesAt(args, run)))),
  sha512sum: takes(1, (args, run) => bytesToHex(sha512(bytesAt(args, run)))),
  adler32sum: takes(1, (args, run) => adler32(bytesAt(args, run))),
};

function bytesAt(args: readonly Val[], run: Run): Uint8Array {
  const text = textAt(args, 0);
  claim(run, text.length * 2);
  return encodeText(text);
}

interface Alphabet {
  readonly name: string;
  readonly digits: string;
  /** How many bits a digit stands for. */
  readonly bits: number;
  /** How many digits a whole group has. */
  readonly group: number;
}

const base64: Alphabet = { name: 'base64', digits: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', bits: 6, group: 4 };
const base32: Alphabet = { name: 'base32', digits: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, group: 8 };

export function encode64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Bytes at a time: whole groups of every alphabet. */
const pieceBytes = 7_680;

function encodeBits(bytes: Uint8Array, alphabet: Alphabet): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes)
    pieces.push(encodePiece(bytes.subarray(start, start + pieceBytes), alphabet));
  const digits = pieces.join('');
  return digits.padEnd(Math.ceil(digits.length / alphabet.group) * alphabet.group, '=');
}

function encodePiece(bytes: Uint8Array, { digits, bits }: Alphabet): string {
  let out = '';
  let held = 0;
  let count = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    count += 8;
    for (; count >= bits; count -= bits) out += digits[(held >> (count - bits)) & ((1 << bits) - 1)] ?? '';
  }
  return count > 0 ? out + (digits[(held << (bits - count)) & ((1 << bits) - 1)] ?? '') : out;
}

/** Ends of lines are passed over. */
function decode(text: string, { name, digits, bits, group }: Alphabet): string {
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  const clean = text.replace(/[\r\n]/g, '');
  const body = dropTrailing(clean, '=');
  for (const [index, digit] of Array.from(body).entries()) {
    const value = digits.indexOf(digit);
    if (value < 0) return illegal(name, index);
    held = ((held << bits) | value) & 0xffff;
    count += bits;
    if (count < 8) continue;
    count -= 8;
    bytes.push((held >> count) & 0xff);
  }
  const isWhole = clean.length % group === 0 && clean.length - body.length < group && count < bits;
  return isWhole ? decodeBytes(Uint8Array.from(bytes)) : illegal(name, Math.floor(clean.length / group) * group);
}

function illegal(name: string, at: number): string {
  return `illegal ${name} data at input byte ${at}`;
}

const adlerModulus = 65_521;

function adler32(bytes: Uint8Array): string {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % adlerModulus;
    high = (high + low) % adlerModulus;
  }
  return String(high * 0x1_0000 + low);
}
