import { invariant } from '../diagnostics/invariant.ts';

/** Begins like a name and holds only what is harmless: the shape of most text; never longer than a key may be. */
const simple = /^[A-Za-z_/][A-Za-z0-9_./-]{0,200}$/;

/** Words that YAML 1.1 or 1.2 reads as a truth value or nothing, in any mixture of cases. */
const words = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null']);
const wordLengthMax = 5;

/**
 * Text that may stand without quotes: begins with a letter, digit or harmless sign; ends without white space or colon; holds neither
 * `: ` nor ` #` nor a character that some reader treats as a line break or rejects.
 */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;
const startsWithIndicator = /^(?:[,[\]{}#&*!|>'"%@`=<~\s]|[-?:](?![A-Za-z/-])|-+(?:\s|$)|---|\.\.\.)/;
const endsBadly = /[:\s]$/;
const breaksOff = /:[\s]|\s#/;

/** Numbers, dates and times of YAML 1.1 and 1.2, as any known reader has them; a sign of safety is that it matches too much. */
const numberLike = new RegExp(
  [
    '[-+]?0b[01_]+',
    '[-+]?0o?[0-7_]+',
    '[-+]?0x[0-9a-f_]+',
    '[-+]?(?:[0-9][0-9_,]*)?\\.?[0-9_]*(?:e[-+]?[0-9_]+)?',
    '[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\\.[0-9_]*)?',
    '[-+]?\\.(?:inf|nan)',
    '[-+]?(?:inf|infinity|nan)',
    '\\d{4}-\\d{1,2}-\\d{1,2}(?:[t\\s].*)?',
  ]
    .map((form) => `(?:${form})`)
    .join('|')
    .replace(/^(.*)$/s, '^(?:$1)$'),
  'i',
);

/** Says whether every YAML reader takes the bare text as exactly this text. */
function isPlainSafe(text: string): boolean {
  if (text.length <= wordLengthMax && words.has(text.toLowerCase())) return false;
  if (simple.test(text)) return !numberLike.test(text);
  if (text === '' || startsWithIndicator.test(text) || endsBadly.test(text) || breaksOff.test(text)) return false;
  return !unprintable.test(text) && !numberLike.test(text);
}

/** Text on one line: bare where that is safe, else in double quotes. */
export function printText(text: string): string {
  return isPlainSafe(text) ? text : quoteText(text);
}

// Beyond what JSON escapes: what YAML 1.1 takes for a line break, or does not allow.
const beyondJson = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function quoteText(text: string): string {
  return JSON.stringify(text).replace(beyondJson, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A number in a form that YAML 1.1 and 1.2 read as the same number: a fraction always before an exponent. */
export function printNumber(value: number): string {
  invariant(Number.isFinite(value), 'a number in YAML is finite');
  if (Object.is(value, -0)) return '-0.0';
  if (Number.isSafeInteger(value)) return String(value);
  // Long whole numbers go out with an exponent: some readers cut a row of digits to 64 bits.
  const text = Number.isInteger(value) ? value.toExponential() : String(value);
  return text.includes('.') ? text : text.replace('e', '.0e');
}

/** Lines that readers could fold, cut or take for something else keep a text out of a block. */
// oxlint-disable-next-line no-control-regex
const unfitForBlock = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}|(?:^|\n)[ \t]+(?:\n|$)/u;

/** Says whether text of several lines can be written as a literal block (`|`). */
export function isBlockSafe(text: string): boolean {
  return text.includes('\n') && /[^\n]/.test(text) && !unfitForBlock.test(text);
}

/** A literal block; `indent` is that of its lines. */
export function printBlock(text: string, indent: string): string {
  const indicator = /^\n*[ \t]/.test(text) ? '2' : '';
  const body = text.replace(/\n+$/, '');
  const breakCount = text.length - body.length;
  const chomping = breakCount === 0 ? '-' : breakCount === 1 ? '' : '+';
  const lines = body.replaceAll(/\n(?=[^\n])/g, `\n${indent}`);
  // A block that begins with empty lines has no indentation to detect before its first text.
  const first = body.startsWith('\n') ? lines : indent + lines;
  return `|${indicator}${chomping}\n${first}${'\n'.repeat(Math.max(0, breakCount - 1))}`;
}
