import { describe, expect, test } from 'vitest';
import { matchOutput, parseSession } from './session.ts';

test('a session is read as steps', () => {
  const steps = parseSession(
    "# why\n$ write a/b.txt\n| one\n|  two\n$ tutti secret set 'a key' < the value\nSet.\n\n[exit 1]\n\n$ copy x y\n",
  );
  expect(steps).toEqual([
    { kind: 'write', line: 2, words: ['a/b.txt'], stdin: '', text: 'one\n two' },
    { kind: 'tutti', line: 5, words: ['secret', 'set', 'a key'], stdin: 'the value', text: 'Set.\n\n[exit 1]' },
    { kind: 'copy', line: 10, words: ['x', 'y'], stdin: '', text: '' },
  ]);
});

test('a session with an unknown command is refused', () => {
  expect(() => parseSession('$ rm -r x')).toThrow('line 1');
});

describe('an expected output', () => {
  test('is taken literally', () => {
    expect(matchOutput('a.b (c)', 'a.b (c)')).toBe(true);
    expect(matchOutput('a.b', 'axb')).toBe(false);
    expect(matchOutput('a', 'a\nb')).toBe(false);
  });

  test('leaves out what changes, within a line or over lines', () => {
    expect(matchOutput('at «time»: «what»!', 'at 10:00: done!')).toBe(true);
    expect(matchOutput('at «time»', 'at 1\n2')).toBe(false);
    expect(matchOutput('a\n«lines»\nz', 'a\nb\nc\nz')).toBe(true);
    expect(matchOutput('a\n«lines»\nz', 'a\nz')).toBe(true);
  });
});
