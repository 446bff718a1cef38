import { joinParts } from '../print/print-value.ts';
import { quoteText } from '../print/quote-text.ts';
import { booleanAt, failCall, intAt, takes, takesAtLeast, textAt, type FunctionTable } from '../run/args.ts';
import { claim, spend, type Run } from '../run/run.ts';
import { byteLength, sliceBytes } from '../values/bytes.ts';
import { isNil, type Val } from '../values/value.ts';
import { initialsOf, swapCase, toLower, toTitle, toUntitle, toUpper } from './case.ts';
import { textOf } from './text.ts';
import { trimBy } from './trim-text.ts';
import { connectWords, joinCapitalised } from './words.ts';
import { wrapText, type WrapStyle } from './wrap.ts';

/** Functions on texts. */
export const stringFunctions: FunctionTable = {
  hello: takes(0, () => 'Hello!'),
  upper: takes(1, (args) => toUpper(textAt(args, 0))),
  lower: takes(1, (args) => toLower(textAt(args, 0))),
  title: takes(1, (args) => toTitle(textAt(args, 0))),
  untitle: takes(1, (args) => toUntitle(textAt(args, 0))),
  swapcase: takes(1, (args) => swapCase(textAt(args, 0))),
  camelcase: takes(1, (args, run) => joinCapitalised(wordsAt(args, run))),
  snakecase: takes(1, (args, run) => connectWords(wordsAt(args, run), '_')),
  kebabcase: takes(1, (args, run) => connectWords(wordsAt(args, run), '-')),
  initials: takes(1, (args) => initialsOf(textAt(args, 0))),
  nospace: takes(1, (args) => textAt(args, 0).replace(/\p{White_Space}+/gu, '')),
  trim: takes(1, (args) => trimBy(textAt(args, 0), isSpace)),
  trimAll: takes(2, trimAll),
  trimall: takes(2, trimAll),
  trimPrefix: takes(2, (args) => cutPrefix(textAt(args, 0), textAt(args, 1))),
  trimSuffix: takes(2, (args) => cutSuffix(textAt(args, 0), textAt(args, 1))),
  hasPrefix: takes(2, (args) => textAt(args, 1).startsWith(textAt(args, 0))),
  hasSuffix: takes(2, (args) => textAt(args, 1).endsWith(textAt(args, 0))),
  contains: takes(2, (args) => textAt(args, 1).includes(textAt(args, 0))),
  replace: takes(3, (args, run) => replaceAll({ old: textAt(args, 0), fresh: textAt(args, 1), text: textAt(args, 2) }, run)),
  repeat: takes(2, (args, run) => repeat(textAt(args, 1), intAt(args, 0), run)),
  trunc: takes(2, (args) => truncate(intAt(args, 0), textAt(args, 1))),
  substr: takes(3, substring),
  abbrev: takes(2, (args) => abbreviate({ left: 0, right: intAt(args, 0) }, textAt(args, 1))),
  abbrevboth: takes(3, (args) => abbreviate({ left: intAt(args, 0), right: intAt(args, 1) }, textAt(args, 2))),
  wrap: takes(2, (args, run) => wrap(textAt(args, 1), { width: intAt(args, 0), separator: '\n', longWords: 'kept' }, run)),
  wrapWith: takes(3, (args, run) =>
    wrap(textAt(args, 2), { width: intAt(args, 0), separator: textAt(args, 1) || '\n', longWords: 'cut' }, run),
  ),
  indent: takes(2, (args, run) => indent(intAt(args, 0), textAt(args, 1), run)),
  nindent: takes(2, (args, run) => `\n${indent(intAt(args, 0), textAt(args, 1), run)}`),
  plural: takes(3, (args) => choose(textAt(args, 0), textAt(args, 1), intAt(args, 2))),
  quote: takesAtLeast(0, (args, run) => joinKnown(args, (value) => quoteText(textOf(value, run)), run)),
  squote: takesAtLeast(0, (args, run) => joinKnown(args, (value) => `'${textOf(value, run)}'`, run)),
  cat: takesAtLeast(0, (args, run) => joinKnown(args, (value) => textOf(value, run), run)),
  ternary: takes(3, (args) => (booleanAt(args, 2) ? args[0] : args[1])),
  fail: takes(1, (args, run) => failCall(run, textAt(args, 0))),
};

function choose(one: string, many: string, count: number): string {
  return count === 1 ? one : many;
}

/** To cut a text into words is slow: it costs more than other work on texts. */
function wordsAt(args: readonly Val[], run: Run): string {
  const text = textAt(args, 0);
  spend(run, text.length / 8);
  return text;
}

/** Nil is left out. */
function joinKnown(values: readonly Val[], show: (value: Val) => string, run: Run): string {
  const parts: string[] = [];
  for (const value of values) if (!isNil(value)) parts.push(show(value));
  return joinParts(parts, ' ', run);
}

function isSpace(character: string): boolean {
  return /^\p{White_Space}$/u.test(character);
}

function trimAll(args: readonly Val[]): string {
  const cut = new Set(textAt(args, 0));
  return trimBy(textAt(args, 1), (character) => cut.has(character));
}

function cutPrefix(prefix: string, text: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function cutSuffix(suffix: string, text: string): string {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
}

interface Replacement {
  readonly old: string;
  readonly fresh: string;
  readonly text: string;
}

/** An empty text is found before each character and at the end. */
function replaceAll({ old, fresh, text }: Replacement, run: Run): string {
  return text === '' && old === '' ? fresh : joinParts(old === '' ? ['', ...text, ''] : text.split(old), fresh, run);
}

/** Refused before anything is made where it would be too long. */
function repeat(text: string, count: number, run: Run): string {
  if (count < 0) return failCall(run, 'a text cannot be repeated less than zero times');
  claim(run, text.length * count);
  return text.repeat(count);
}

function truncate(count: number, text: string): string {
  const length = byteLength(text);
  if (count < 0) return length + count > 0 ? sliceBytes(text, length + count, length) : text;
  return length > count ? sliceBytes(text, 0, count) : text;
}

function substring(args: readonly Val[], run: Run): string {
  const [start, end, text] = [intAt(args, 0), intAt(args, 1), textAt(args, 2)];
  const length = byteLength(text);
  const from = Math.max(start, 0);
  const to = start >= 0 && (end < 0 || end > length) ? length : end;
  if (to < 0 || to > length || from > to) return failCall(run, `slice bounds out of range [${from}:${to}] of a text of ${length} bytes`);
  return sliceBytes(text, from, to);
}

const ellipsis = '...';

/** Both sizes count the dots; too small ones leave the text as it is. */
function abbreviate({ left, right }: { readonly left: number; readonly right: number }, text: string): string {
  const length = byteLength(text);
  const isTooSmall = right < 4 || (left > 0 && right < 7);
  if (isTooSmall || length <= right) return text;
  const kept = right - ellipsis.length;
  const offset = Math.max(Math.min(left, length), 0);
  const start = length - offset < kept ? length - kept : offset;
  if (start <= 4) return sliceBytes(text, 0, kept) + ellipsis;
  if (right < 7) return '';
  if (start + kept < length) return ellipsis + abbreviate({ left: 0, right: kept }, sliceBytes(text, start, length));
  return ellipsis + sliceBytes(text, length - kept, length);
}

function wrap(text: string, style: WrapStyle, run: Run): string {
  return joinParts(wrapText(text, style), '', run);
}

function indent(count: number, text: string, run: Run): string {
  if (count < 0) return failCall(run, 'a text cannot be indented by less than zero');
  const lines = text.split('\n');
  claim(run, text.length + count * lines.length);
  const space = ' '.repeat(count);
  return space + lines.join(`\n${space}`);
}
