import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createConfluence, mergeInOrder } from './merge-streams.ts';

async function* give<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

test('streams that are in order themselves are merged in order, and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.integer())), async (lists) => {
      const sorted = lists.map((list) => list.toSorted((left, right) => left - right));
      const merged = await Array.fromAsync(mergeInOrder(sorted.map(give), (left, right) => left - right));
      expect(merged).toEqual(sorted.flat().toSorted((left, right) => left - right));
    }),
  );
});

test('whoever reads no further ends the streams', async () => {
  let ended = 0;
  async function* endless(): AsyncIterable<number> {
    try {
      for (let number = 0; ; number++) yield number;
    } finally {
      ended += 1;
    }
  }
  for await (const number of mergeInOrder([endless(), endless()], (left, right) => left - right)) if (number === 3) break;
  expect(ended).toBe(2);
});

test('streams may come while others are read; one that fails ends alone', async () => {
  const confluence = createConfluence<string>();
  async function* failing(): AsyncIterable<string> {
    yield 'last words';
    throw new Error('cut');
  }
  confluence.add(failing());
  const seen: string[] = [];
  for await (const item of confluence.items) {
    seen.push(item);
    if (item === 'last words') confluence.add(give(['one', 'two']));
    if (item === 'two') confluence.end();
  }
  expect(seen).toEqual(['last words', 'one', 'two']);
});

test('what nobody reads stops the stream that it came from', async () => {
  const confluence = createConfluence<number>();
  let given = 0;
  async function* endless(): AsyncIterable<number> {
    for (;;) yield given++;
  }
  confluence.add(endless());
  for await (const number of confluence.items) {
    expect(given - number).toBeLessThanOrEqual(2010);
    if (number > 5000) confluence.end();
  }
  expect(given).toBeGreaterThan(5000);
});
