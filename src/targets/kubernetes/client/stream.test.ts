import { expect, test } from 'vitest';
import { splitLines } from './stream.ts';

async function split(chunks: readonly string[], lineMax = 100): Promise<readonly string[]> {
  const bytes = chunks.map((chunk) => Buffer.from(chunk, 'latin1'));
  async function* give(): AsyncIterable<Uint8Array> {
    yield* bytes;
  }
  return Array.fromAsync(splitLines(give(), lineMax));
}

const latin = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

test('lines are whole wherever the answer is cut, within a character too', async () => {
  const text = latin('grün\r\nzwei\n\nende');
  for (let at = 0; at <= text.length; at++) {
    expect(await split([text.slice(0, at), text.slice(at)])).toEqual(['grün', 'zwei', '', 'ende']);
  }
});

test('a line that never ends is cut, and what comes after it is read', async () => {
  expect(await split(['aaaaaa', 'aaaaaa', 'aaaa\nb\n'], 8)).toEqual([expect.stringMatching(/^a{8}…$/), 'b']);
});
