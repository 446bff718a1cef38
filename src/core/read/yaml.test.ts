import { describe, expect, test } from 'vitest';
import type { Json } from '../model/value.ts';
import { parseYaml } from './yaml.ts';
import type { YamlLimits } from './yaml-stream.ts';

/** `code line:column` of each diagnostic. */
function complaints(text: string, limits?: Partial<YamlLimits>): readonly string[] {
  const { diagnostics } = parseYaml('a.yaml', text, limits);
  return diagnostics.map(({ code, source }) => `${code} ${source?.start.line}:${source?.start.column}`);
}

function read(text: string): Json | undefined {
  const { value, diagnostics } = parseYaml('a.yaml', text);
  expect(diagnostics).toEqual([]);
  return value?.[0]?.value;
}

describe('data', () => {
  test('follows the core schema of YAML 1.2', () => {
    expect(read('[no, on, 12:30, 0o17, 0x1f, 1e3, ~, True, 2026-01-01, 010, "8080", -0]')).toEqual([
      'no',
      'on',
      '12:30',
      15,
      31,
      1000,
      null,
      true,
      '2026-01-01',
      10,
      '8080',
      0,
    ]);
  });

  test('of several documents each has its number, empty ones included', () => {
    const { value } = parseYaml('a.yaml', 'a: 1\n---\n---\nb: 2\n');
    expect(value).toEqual([
      { file: 'a.yaml', document: 0, value: { a: 1 } },
      { file: 'a.yaml', document: 1, value: null },
      { file: 'a.yaml', document: 2, value: { b: 2 } },
    ]);
  });

  test('a file with nothing but comments holds no document', () => {
    expect(parseYaml('a.yaml', '# nothing\n').value).toEqual([]);
  });

  test('a byte order mark is no content and shifts no column', () => {
    expect(read('\ufeffa: 1')).toEqual({ a: 1 });
    expect(complaints('\ufeffa: 1\na: 2')).toEqual(['T1011 2:1']);
  });

  test('keys that programs trip over are own data, and no prototype changes', () => {
    const value = read('{constructor: {prototype: {polluted: 1}}, toString: x, hasOwnProperty: y}');
    expect(Object.keys(value ?? {})).toEqual(['constructor', 'toString', 'hasOwnProperty']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('aliases share the value of the last anchor before them', () => {
    expect(read('a: &x [1]\nb: *x\nc: &x 2\nd: *x')).toEqual({ a: [1], b: [1], c: 2, d: 2 });
  });

  test('merge keys fill in what a map does not set, earlier sources first', () => {
    expect(read('a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], z: 3}\nd: {"<<": text}')).toEqual({
      a: { x: 1, y: 1 },
      b: { y: 2, z: 2 },
      c: { z: 3, x: 1, y: 1 },
      d: { '<<': 'text' },
    });
  });
});

describe('problems', () => {
  test('all of a file are reported, those of later documents too', () => {
    expect(complaints('a: 1\na: 2\n---\nb: [\n---\n8080: x\n__proto__: y')).toEqual(['T1011 2:1', 'T1010 4:4', 'T1012 6:1', 'T1013 7:1']);
  });

  test('a document with a syntax error is left out, the others stay', () => {
    expect(parseYaml('a.yaml', 'a: "x\n---\nb: 1').value?.map((each) => each.document) ?? []).not.toContain(0);
    expect(parseYaml('a.yaml', 'a: b: c\n---\nb: 1').value).toEqual([{ file: 'a.yaml', document: 1, value: { b: 1 } }]);
  });

  test('a duplicate key is shown with both places, however it is quoted', () => {
    const { diagnostics } = parseYaml('a.yaml', 'a: 1\nb: 2\n"a": 3');
    expect(diagnostics[0]?.source?.start.line).toBe(3);
    expect(diagnostics[0]?.related[0]?.source?.start.line).toBe(1);
  });

  test.each([
    ['{1: x}', 'T1012 1:2'],
    ['{true: x}', 'T1012 1:2'],
    ['? [a]\n: x', 'T1012 1:3'],
    [': x', 'T1012 1:1'],
    ['&k a: 1\n*k : 2', 'T1012 2:1'],
    ['$tutti: secret', 'T1013 1:1'],
    ['a: !!js/function "() => 1"', 'T1014 1:4'],
    ['a: !!binary aGk=', 'T1014 1:4'],
    ['a: !!timestamp 2026-01-01', 'T1014 1:4'],
    ['a: !!set {b, c}', 'T1014 1:4'],
    ['a: !own x', 'T1014 1:4'],
    ['a: !!int x', 'T1014 1:4'],
    ['a: .nan', 'T1015 1:4'],
    ['a: -.inf', 'T1015 1:4'],
    ['a: 1e999', 'T1015 1:4'],
    ['a: 9007199254740993', 'T1015 1:4'],
    ['a: 0xffffffffffffffffff', 'T1015 1:4'],
    ['a: *nowhere', 'T1016 1:4'],
    ['a: &a [*a]', 'T1016 1:8'],
    ['a: {<<: text}', 'T1017 1:5'],
    ['%YAML 1.1\n---\na: no', 'T1018 2:1'],
    ['a: "\\ud800"', 'T1019 1:4'],
    ['a: b\u0000', 'T1003 1:5'],
    ['a: \u001b[31m', 'T1003 1:4'],
    ['a:\n\t- b', 'T1010 2:1'],
    ['a: "b', 'T1010 1:4'],
    ['a: @b', 'T1010 1:4'],
  ])('%j is %s', (text, complaint) => {
    expect(complaints(text)).toEqual([complaint]);
  });
});

describe('limits', () => {
  test('a text beyond the size limit is not read', () => {
    expect(complaints('a: 1', { sizeMax: 3 })).toEqual(['T1004 1:1']);
  });

  test.each(['[', '{a: ', '- ', '? ', 'a:\n'])('%j a hundred thousand times over is too deep, not an overflow', (opening) => {
    const deep = opening.endsWith('\n')
      ? Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')
      : opening.repeat(100_000);
    expect(complaints(deep).map((each) => each.slice(0, 5))).toEqual(['T1005']);
  });

  test('nesting up to the limit is read, one more is not', () => {
    expect(complaints(`${'['.repeat(100)}${']'.repeat(100)}`)).toEqual([]);
    expect(complaints(`${'['.repeat(101)}${']'.repeat(101)}`)).toEqual(['T1005 1:101']);
  });

  test('aliases cannot nest deeper than the text could', () => {
    const chain = Array.from({ length: 150 }, (_, index) => `a${index}: &a${index} [${index > 0 ? `*a${index - 1}` : 'x'}]`).join('\n');
    expect(complaints(chain)[0]).toBe('T1005 100:12');
  });

  test('a billion laughs end early', () => {
    const laughs = Array.from({ length: 30 }, (_, index) =>
      index === 0
        ? 'a0: &a0 ha'
        : `a${index}: &a${index} [${Array(10)
            .fill(`*a${index - 1}`)
            .join(', ')}]`,
    );
    expect(complaints(laughs.join('\n')).map((each) => each.slice(0, 5))).toEqual(['T1007']);
  });

  test('merge keys unfold within the same limit', () => {
    const map = `a: &a {${Array.from({ length: 1000 }, (_, index) => `k${index}: 1`).join(', ')}}\n`;
    const merges = Array.from({ length: 1000 }, (_, index) => `m${index}: {<<: *a}`).join('\n');
    expect(complaints(map + merges).map((each) => each.slice(0, 5))).toEqual(['T1007']);
  });

  test('too many values and too many documents are said to be so', () => {
    expect(complaints('[1, 2, 3]', { valuesMax: 3 })).toEqual(['T1006 1:8']);
    expect(complaints('---\n'.repeat(5000)).map((each) => each.slice(0, 5))).toEqual(['T1008']);
  });

  test('a map of many keys is read in linear time, and a text of errors reports a bounded number', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `key${index}: 1`).join('\n');
    expect(complaints(keys)).toEqual([]);
    expect(complaints(`[${','.repeat(100_000)}`).length).toBeLessThan(200);
    expect(complaints('}\n'.repeat(50_000)).length).toBeLessThan(200);
  });
});
