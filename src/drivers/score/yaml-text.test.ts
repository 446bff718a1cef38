import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText } from './yaml-text.ts';

describe('what a template rendered', () => {
  it.each([
    ['', null],
    ['  \n', null],
    ['a: 0755', { a: 493 }],
    ['a: 0o17', { a: 15 }],
    ['a: 1_000', { a: 1000 }],
    ['a: -0x1F', { a: -31 }],
    ['a: yes', { a: 'yes' }],
    ['a: 12:30', { a: '12:30' }],
    ['a: 2026-01-02', { a: '2026-01-02' }],
    ['a: 1.5', { a: 1.5 }],
    ['a: ~', { a: null }],
    ['- 1\n- x', [1, 'x']],
    ['base: &b {x: 1}\nmore: {<<: *b, y: 2}', { base: { x: 1 }, more: { x: 1, y: 2 } }],
    ['{"json": [true]}', { json: [true] }],
  ])('%j is read as the tools read it', (text, value) => {
    expect(parseText(text)).toEqual({ value });
  });

  it.each([
    ['a: 1\na: 2', 2],
    ['a: {', 1],
    ['a: !!binary aGk=', 1],
    ['a: .inf', 1],
    ['__proto__: {x: 1}', 1],
    ['x: {{ y }}', 1],
  ])('%j is refused, with its line', (text, line) => {
    expect(parseText(text)).toMatchObject({ line, problem: expect.any(String) });
  });

  it('is limited however much aliases make of it', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let depth = 1; depth < 9; depth++)
      lines.push(
        `a${depth}: &a${depth} [${Array(10)
          .fill(`*a${depth - 1}`)
          .join(', ')}]`,
      );
    expect(parseText(lines.join('\n'))).toHaveProperty('problem');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(Object.keys(parseText(text))).not.toEqual([]);
      }),
    );
  });
});
