import { expect, test } from 'vitest';
import { findLineStarts, findPosition, makeRangeFinder } from './text-position.ts';

test('lines and columns count from 1', () => {
  const starts = findLineStarts('ab\ncd\n');
  expect(starts).toEqual([0, 3, 6]);
  expect([0, 2, 3, 5, 6].map((offset) => findPosition(starts, offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 2, column: 3 },
    { line: 3, column: 1 },
  ]);
});

test('a span beyond the text is cut to it', () => {
  expect(makeRangeFinder('f', 'ab')([1, 99])).toEqual({ file: 'f', start: { line: 1, column: 2 }, end: { line: 1, column: 3 } });
});
