import { placeOf } from '../problem.ts';
import { failCall, intAt, takes, textAt, type FunctionTable } from '../run/args.ts';
import { claim, spend, type Run } from '../run/run.ts';
import { encode64 } from './encoding.ts';

const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');

/** Random values of bytes that the caller gives: the same at the same place of the same template. */
export const randomFunctions: FunctionTable = {
  randAlpha: takes(1, (args, run) => drawText(letters, intAt(args, 0), run)),
  randAlphaNum: takes(1, (args, run) => drawText(letters + digits, intAt(args, 0), run)),
  randNumeric: takes(1, (args, run) => drawText(digits, intAt(args, 0), run)),
  randAscii: takes(1, (args, run) => drawText(printable, intAt(args, 0), run)),
  randBytes: takes(1, (args, run) => tell(encode64(drawBytes(run, checkCount(intAt(args, 0), run))), run)),
  randInt: takes(2, (args, run) => drawInt(intAt(args, 0), intAt(args, 1), run)),
  shuffle: takes(1, (args, run) => shuffle(textAt(args, 0), run)),
  uuidv4: takes(0, (_args, run) => tell(drawUuid(run), run)),
};

/** Named by the place of the call, and by how often it has drawn before. */
function drawBytes(run: Run, length: number): Uint8Array {
  const known = run.draws.get(run.at) ?? { place: namePlace(run), count: 0 };
  run.draws.set(run.at, { ...known, count: known.count + 1 });
  return run.surroundings.randomBytes(`${known.place}:${known.count}`, length).subarray(0, length);
}

function namePlace({ text, at }: Run): string {
  const { line, column } = placeOf(text, at);
  return `${line}:${column}`;
}

/** The caller learns what has been made, since it may be a secret. */
function tell(text: string, run: Run): string {
  run.surroundings.onRandom?.(text);
  return text;
}

function checkCount(count: number, run: Run): number {
  if (count < 0) return failCall(run, 'less than no characters cannot be drawn');
  claim(run, count * 4);
  spend(run, count / 4);
  return count;
}

function drawText(alphabet: string, count: number, run: Run): string {
  return tell(
    indexesBelow(alphabet.length, checkCount(count, run), run)
      .map((index) => alphabet[index])
      .join(''),
    run,
  );
}

/** Even numbers below a limit of at most 256: bytes that would make some more likely are passed over. */
function indexesBelow(limit: number, count: number, run: Run): readonly number[] {
  const fair = 256 - (256 % limit);
  const drawn: number[] = [];
  // Some bytes more than are needed, so that one draw nearly always does.
  while (drawn.length < count) {
    const missing = count - drawn.length;
    spend(run, 1);
    for (const byte of drawBytes(run, missing * 2 + 16)) if (byte < fair && drawn.length < count) drawn.push(byte % limit);
  }
  return drawn;
}

/** From the first up to, and without, the second. */
function drawInt(min: number, max: number, run: Run): number {
  if (max <= min) return failCall(run, `there is no number from ${min} up to, and without, ${max}`);
  return min + Number(numberBelow(BigInt(max) - BigInt(min), run));
}

/** Twice the bits that are needed: what is uneven in the rest is too small to matter. */
function numberBelow(limit: bigint, run: Run): bigint {
  return readNumber(drawBytes(run, 16)) % limit;
}

function readNumber(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

const bytesPerCharacter = 8;

function shuffle(text: string, run: Run): string {
  const characters = Array.from(text);
  claim(run, characters.length * bytesPerCharacter);
  const bytes = drawBytes(run, characters.length * bytesPerCharacter);
  for (let index = characters.length - 1; index > 0; index--) {
    const drawn = readNumber(bytes.subarray(index * bytesPerCharacter, (index + 1) * bytesPerCharacter));
    const other = Number(drawn % BigInt(index + 1));
    [characters[index], characters[other]] = [characters[other] ?? '', characters[index] ?? ''];
  }
  return tell(characters.join(''), run);
}

function drawUuid(run: Run): string {
  const bytes = drawBytes(run, 16);
  const hex = Array.from(bytes, (byte, index) => markByte(byte, index).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Version 4, variant 1. */
function markByte(byte: number, index: number): number {
  if (index === 6) return (byte & 0x0f) | 0x40;
  return index === 8 ? (byte & 0x3f) | 0x80 : byte;
}
