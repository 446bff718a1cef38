import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { ExpressionScope } from './scope.ts';

const scope: ExpressionScope = { params: { whole: 2, half: 0.5, digits: '3', list: ['b', 'a'] } };

function run(expression: string): unknown {
  const { value, diagnostics } = evaluate(`\${${expression}}`, scope, { file: 'platform.yaml', document: 0, path: [] });
  return diagnostics.length > 0 ? diagnostics[0]?.detail.replace(/^The expression `.*`: /, '') : value;
}

describe('functions', () => {
  it.each([
    ['base64.encode("häl")', 'aMOkbA=='],
    ['base64.decode("aMOkbA==")', 'häl'],
    ['base64.decode(base64.encode(""))', ''],
    ['url.encode("a b/ä?")', 'a%20b%2F%C3%A4%3F'],
    ['hash("a")', 'ca978112ca1b'],
    ['slug("Shop: The  2nd!")', 'shop-the-2nd'],
    ['slug("-")', 'x'],
    ['"a.b.a".replace("a", "$&")', '$&.b.$&'],
    ['"Ab".lowerAscii() + "Ab".upperAscii()', 'abAB'],
    ['"a,b".split(",")', ['a', 'b']],
    ['params.list.join("-")', 'b-a'],
    ['" a ".trim()', 'a'],
    ['"abc".substring(1)', 'bc'],
    ['"abc".startsWith("a") && "abc".endsWith("c") && "abc".contains("b")', true],
    ['size(params.list) + size("ä")', 3],
  ])('%s', (expression, result) => {
    expect(run(expression)).toEqual(result);
  });

  it.each([
    ['base64.decode("no base64")', 'base64.decode takes base64 of text in UTF-8.'],
    ['base64.decode("/w==")', 'base64.decode takes base64 of text in UTF-8.'],
    ['url.decode("a")', 'url.decode does not exist.'],
    ['params.list.map(each, "x").join("").replace("", "0123456789")', '0123456789x0123456789x0123456789'],
  ])('%s, or what it says', (expression, result) => {
    expect(run(expression)).toBe(result);
  });
});

describe('numbers', () => {
  it('are whole or not by their value, and are brought together by conversion', () => {
    expect(run('params.whole * 2')).toBe(4);
    expect(run('params.half * 2.0')).toBe(1);
    expect(run('params.half * 2')).toContain('convert one side first');
    expect(run('params.whole * 1.5')).toContain('convert one side first');
    expect(run('double(params.whole) * 1.5')).toBe(3);
    expect(run('int(params.digits) * 2')).toBe(6);
    expect(run('params.digits * 2')).toContain('convert one side first');
    expect(run('7 / 2')).toBe(3);
    expect(run('params.whole == 2 && params.whole == 2.0 && params.half < 1')).toBe(true);
  });

  it('leave as numbers that JSON can hold', () => {
    expect(run('9007199254740991')).toBe(9007199254740991);
    expect(run('9007199254740993')).toContain('beyond 2^53');
    expect(run('1.0 / 0.0')).toContain('not a finite number');
    expect(run('2u')).toContain('neither text, number');
    expect(run('b"a"')).toContain('neither text, number');
    expect(run('timestamp("2020-01-01T00:00:00Z")')).toContain('neither text, number');
  });
});
