import { expect, test } from 'vitest';
import { mergePatch } from './merge-patch.ts';

test('maps are merged, null removes, and anything else replaces', () => {
  const target = { a: { b: 1, c: 2 }, list: [1, 2], gone: true };
  expect(mergePatch(target, { a: { b: null, d: 3 }, list: [3], gone: null, fresh: { e: null, f: 1 } })).toEqual({
    a: { c: 2, d: 3 },
    list: [3],
    fresh: { f: 1 },
  });
});

test('a map takes the place of what is none', () => {
  expect(mergePatch({ a: 1 }, { a: { b: 1 } })).toEqual({ a: { b: 1 } });
});

test('what is patched is left as it was', () => {
  const target = { a: { b: 1 } };
  mergePatch(target, { a: { b: 2 } });
  expect(target).toEqual({ a: { b: 1 } });
});
