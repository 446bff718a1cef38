import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanPlaceholders, type ScorePart } from './scan.ts';

const name = fc.stringMatching(/^[^}.\\$]{1,8}$/);
const reference = fc
  .array(
    fc.array(name, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('.')),
    { minLength: 1, maxLength: 4 },
  )
  .map((path): ScorePart => ({
    kind: 'reference',
    text: path.map((each) => each.replaceAll('.', String.raw`\.`)).join('.'),
    path,
    offset: 0,
  }));
const text = fc
  .oneof(
    fc.string({ minLength: 1 }),
    fc.array(fc.constantFrom('$', '${a}', '${$}', '{', '}', 'a', '.'), { minLength: 1 }).map((each) => each.join('')),
  )
  .map((each): ScorePart => ({ kind: 'text', text: each }));

/** A literal "${" that is not closed before the next reference cannot be written in Score at all. */
function isWritable(part: ScorePart): boolean {
  return part.kind === 'reference' || !/\$\{[^}]*$/.test(part.text);
}

/** Writes parts so that they read back as themselves. */
function print(parts: readonly ScorePart[]): string {
  return merge(parts)
    .map((part) => (part.kind === 'text' ? printText(part.text) : `\${${part.text}}`))
    .join('');
}

/** `${x}` is escaped as a whole, what is in its braces stays; any other `$` is doubled. */
function printText(plain: string): string {
  return plain.replaceAll(/\$\{[^}]*\}|\$/g, (found) => `$${found}`);
}

/** Texts never stand side by side in what a scan gives. */
function merge(parts: readonly ScorePart[]): readonly ScorePart[] {
  const merged: ScorePart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') merged[merged.length - 1] = { kind: 'text', text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}

/** The pattern that the Score tools use, as a second opinion. */
function splitByPattern(whole: string): readonly (string | { reference: string })[] {
  const parts: (string | { reference: string })[] = [];
  const push = (each: string): void => {
    if (each === '') return;
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + each;
    else parts.push(each);
  };
  let end = 0;
  for (const match of whole.matchAll(/\$(?:(\$?\{([^}]*)\})|\$)/g)) {
    push(whole.slice(end, match.index));
    end = match.index + match[0].length;
    const [matched, braced, named = ''] = match;
    if (braced === undefined) push('$');
    else if (braced.startsWith('$')) push(matched.slice(1));
    else parts.push({ reference: named });
  }
  push(whole.slice(end));
  return parts;
}

describe('placeholders', () => {
  it('read back as they were printed', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(reference, text)), (parts) => {
        fc.pre(merge(parts).every(isWritable));
        const read = scanPlaceholders(print(parts));
        expect(read.map((part) => (part.kind === 'text' ? part : { ...part, offset: 0 }))).toEqual(merge(parts));
      }),
    );
  });

  it('are split as the pattern of the Score tools splits them', () => {
    const pieces = fc.array(fc.constantFrom('$', '$$', '{', '}', '${', '$${', 'a', '.', String.raw`\.`, '\n'), { maxLength: 12 });
    fc.assert(
      fc.property(
        pieces.map((each) => each.join('')),
        (any) => {
          expect(scanPlaceholders(any).map((part) => (part.kind === 'text' ? part.text : { reference: part.text }))).toEqual(
            splitByPattern(any),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('lose nothing of any text', () => {
    fc.assert(
      fc.property(fc.string(), (any) => {
        const parts = scanPlaceholders(any);
        const isPlain = !any.includes('$');
        expect(isPlain ? parts.map((part) => part.text).join('') : parts.length).toEqual(isPlain ? any : expect.any(Number));
      }),
    );
  });
});
