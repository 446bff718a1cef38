import { expect, test } from 'vitest';
import type { Place } from '../diagnostics/diagnostic.ts';
import { diagnose } from '../diagnostics/report.ts';
import { locate, makeWrittenReader } from './locate.ts';

const text = `a:
  b: [one, {c: two}]
  d:
    - e: 1
    - f: 2
  empty:
base: &base {x: 10}
use: *base
merged:
  <<: *base
  y: 0x1F
---
second: "quoted"
`;

function at(path: Place['path'], more: Partial<Place> = {}): string {
  const place: Place = { file: 'f.yaml', document: 0, path, ...more };
  const [located] = locate([diagnose('T1104', { detail: '', place })], [{ file: 'f.yaml', text }]);
  const { start, end } = located?.source ?? {};
  return start && end ? `${start.line}:${start.column}-${end.line}:${end.column}` : 'nowhere';
}

function keyOf(file: string, key: string): Place {
  return { file, document: 0, path: [key] };
}

test('a place is the value of its path, or the key where it asks for it', () => {
  expect(at(['a', 'b', 0])).toBe('2:7-2:10');
  expect(at(['a', 'b', 1, 'c'])).toBe('2:16-2:19');
  expect(at(['a', 'b', 1, 'c'], { on: 'key' })).toBe('2:13-2:14');
  expect(at(['second'], { document: 1 })).toBe('13:9-13:17');
});

test('a value that begins on a line of its own, or is empty, is shown by its key', () => {
  expect(at(['a'])).toBe('1:1-1:2');
  expect(at(['a', 'empty'])).toBe('6:3-6:8');
  expect(at(['a', 'b'])).toBe('2:6-2:21');
  expect(at(['a', 'd', 1])).toBe('5:7-5:7');
  expect(at([])).toBe('1:1-1:1');
});

test('what does not exist is shown by the key of its nearest parent', () => {
  expect(at(['a', 'nothing', 'at', 'all'])).toBe('1:1-1:2');
  expect(at(['a', 'd', 7])).toBe('3:3-3:4');
  expect(at(['a', 'b', 'c'])).toBe('2:3-2:4');
  expect(at(['nothing'])).toBe('1:1-1:1');
  expect(at(['a'], { document: 5 })).toBe('nowhere');
});

test('aliases and merge keys are followed to where the value stands', () => {
  expect(at(['use', 'x'])).toBe('7:17-7:19');
  expect(at(['merged', 'x'])).toBe('7:17-7:19');
});

test('diagnostics come in the order of file, line and column, those without a place last', () => {
  const diagnostics = [
    diagnose('T1203', { detail: 'none' }),
    diagnose('T1104', { detail: 'b', place: keyOf('b.yaml', 'y') }),
    diagnose('T1104', { detail: 'a2', place: keyOf('a.yaml', 'y') }),
    diagnose('T1104', { detail: 'a1', place: keyOf('a.yaml', 'x') }),
  ];
  const texts = ['a.yaml', 'b.yaml'].map((file) => ({ file, text: 'x: 1\ny: 2\n' }));
  expect(locate(diagnostics, texts).map(({ detail }) => detail)).toEqual(['a1', 'a2', 'b', 'none']);
});

test('what is related is located too, and a file that is not given keeps its place', () => {
  const place: Place = { file: 'f.yaml', document: 0, path: ['use'] };
  const other: Place = { ...place, file: 'other.yaml' };
  const [located] = locate(
    [diagnose('T1201', { detail: '', place: other, related: [{ message: '', place }] })],
    [{ file: 'f.yaml', text }],
  );
  expect(located?.source).toBeUndefined();
  expect(located?.place).toEqual(other);
  expect(located?.related[0]?.source?.start).toEqual({ line: 8, column: 6 });
});

test('a number can be had as it was written', () => {
  const read = makeWrittenReader({ file: 'f.yaml', text });
  expect(read({ file: 'f.yaml', document: 0, path: ['merged', 'y'] })).toBe('0x1F');
  expect(read({ file: 'f.yaml', document: 0, path: ['nothing'] })).toBeUndefined();
});
