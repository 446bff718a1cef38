import { printAll, printLine } from '../print/print-all.ts';
import { printOne } from '../print/print-value.ts';
import { printFormat } from '../print/printf.ts';
import { failCall, takes, takesAtLeast, textAt, type FunctionTable } from '../run/args.ts';
import { claim, type Run } from '../run/run.ts';
import { isTrue } from '../values/types.ts';
import { isNil, type Val } from '../values/value.ts';
import { indexInto, lengthOf, slicePart } from './access.ts';
import { compareOrdered, isEqualToAny } from './compare.ts';
import { escapeHtml, escapeJs, escapeQuery } from './escape.ts';

/** The functions of text/template itself. */
export const builtins: FunctionTable = {
  // Worked out by the interpreter, since they do not look at all arguments.
  and: takesAtLeast(1, (args) => args.at(-1)),
  or: takesAtLeast(1, (args) => args.at(-1)),
  not: takes(1, ([value]) => !isTrue(value)),
  call: takesAtLeast(1, (_args, run) => failCall(run, 'no value here is a function')),
  eq: takesAtLeast(1, (args, run) => (args.length < 2 ? failCall(run, 'missing argument for comparison') : isEqualToAny(args, run))),
  ne: takes(2, (args, run) => !isEqualToAny(args, run)),
  lt: takes(2, ([left, right], run) => compareOrdered(left, right, run) < 0),
  le: takes(2, ([left, right], run) => compareOrdered(left, right, run) <= 0),
  // As Go has it, so that a number that is none is greater than all.
  gt: takes(2, ([left, right], run) => !(compareOrdered(left, right, run) <= 0)),
  ge: takes(2, ([left, right], run) => !(compareOrdered(left, right, run) < 0)),
  html: takesAtLeast(0, (args, run) => escapeWith(escapeHtml, args, { run, growth: 5 })),
  js: takesAtLeast(0, (args, run) => escapeWith(escapeJs, args, { run, growth: 6 })),
  urlquery: takesAtLeast(0, (args, run) => escapeWith(escapeQuery, args, { run, growth: 9 })),
  index: takesAtLeast(1, indexInto),
  slice: takesAtLeast(1, slicePart),
  len: takes(1, ([value], run) => lengthOf(value, run)),
  print: takesAtLeast(0, printAll),
  println: takesAtLeast(0, printLine),
  printf: takesAtLeast(1, (args, run) => printFormat(textAt(args, 0), args.slice(1), run)),
};

interface Growth {
  readonly run: Run;
  /** How many times as long the text can become. */
  readonly growth: number;
}

function escapeWith(escape: (text: string) => string, args: readonly Val[], { run, growth }: Growth): string {
  const [value] = args;
  const text = args.length === 1 ? (typeof value === 'string' ? value : printOne(value, run)) : printAll(args.map(showNil), run);
  claim(run, text.length);
  const escaped = text.length * growth > run.sizeBytesMax ? escapeLong(escape, text, run) : escape(text);
  claim(run, escaped.length);
  return escaped;
}

function showNil(value: Val): Val {
  return isNil(value) ? '<no value>' : value;
}

/** In pieces, so that it ends when the text grows beyond what it may be. */
function escapeLong(escape: (text: string) => string, text: string, run: Run): string {
  const parts: string[] = [];
  let size = 0;
  for (const piece of text.match(/[^]{1,65536}/gu) ?? []) {
    const escaped = escape(piece);
    size += escaped.length;
    if (size > run.sizeBytesMax) claim(run, size);
    parts.push(escaped);
  }
  return parts.join('');
}
