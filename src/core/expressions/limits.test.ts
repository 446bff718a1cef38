import { describe, expect, it } from 'vitest';
import { makeUid } from '../model/uid.ts';
import type { Json, Secret, Unknown } from '../model/value.ts';
import { evaluate } from './evaluate.ts';
import type { ExpressionScope } from './scope.ts';

const uid = makeUid({ type: 'postgres', id: 'api.db' });
const secret: Secret = { $tutti: 'secret', ref: { kind: 'generated', uid, name: 'password' }, hash: 'h' };
const unknown: Unknown = { $tutti: 'unknown', uid, path: 'host' };
const place = { file: 'platform.yaml', document: 0, path: [] };

const scope: ExpressionScope = {
  params: { size: 'large', key: 'password', many: Array.from({ length: 1000 }, (_, index) => index), text: 'x'.repeat(70_000) },
  generate: { password: secret, name: 'app' },
  locals: { open: unknown, deep: { list: [{ name: 'a', token: secret }] } },
};

function run(value: Json): unknown {
  const { value: result, diagnostics } = evaluate(value, scope, place);
  return diagnostics.length > 0 ? diagnostics.map((each) => `${each.code} ${each.detail}`).join('\n') : result;
}

describe('the limits of an expression', () => {
  it('end macros within macros before they take long', () => {
    const nested = 'params.many.map(a, params.many.map(b, params.many.map(c, 1)))';
    expect(run(`\${size(${nested})}`)).toContain('it goes through more than 100000 entries');
    expect(run(`\${params.many.all(a, params.many.all(b, params.many.all(c, c >= 0)))}`)).toContain('more than 100000 entries');
    expect(run('${size(params.many.map(a, params.many.filter(b, b == a)[0]).filter(a, a < 3))}')).toContain('more than 100000 entries');
  });

  it('leave room for what is usual, each evaluation anew', () => {
    for (let turn = 0; turn < 200; turn++) expect(run('${params.many.filter(each, each > 997)}')).toEqual([998, 999]);
  });

  it('keep text that is bound from doubling again and again', () => {
    const names = [...'abcdefgh'];
    const doubled = names.reduceRight((inner, name, index) => {
      const value = index === 0 ? '"0123456789abcdef"' : Array.from({ length: 16 }, () => names[index - 1]).join(' + ');
      return `cel.bind(${name}, ${value}, ${inner})`;
    }, 'size(h)');
    expect(run(`\${${doubled}}`)).toContain('binds too much text');
  });

  it('match no text beyond 65,536 characters', () => {
    expect(run('${params.text.matches("x")}')).toContain('text of more than 65536 characters is not matched');
  });

  it('hold for matches however it is written', () => {
    const long = `"${'a'.repeat(40)}!"`;
    expect(run(`\${${long} // matches\n .matches("^(a+)+$")}`)).toBe(false);
    expect(run(`\${[${long}].exists(each, each.matches("^(a+)+$"))}`)).toBe(false);
    expect(run('${"matches".matches("matches") && ("a" + "b").matches("^ab$")}')).toBe(true);
    expect(run('${"a".matches("(")}')).toContain('missing closing )');
  });

  it('refuse expressions that are too long, too deep or too large', () => {
    expect(run(`\${"${'a'.repeat(5000)}"}`)).toContain('4000 are allowed');
    expect(run(`\${${'('.repeat(100)}1${')'.repeat(100)}}`)).toContain('T3101');
    expect(run(`\${[${'1,'.repeat(1500)}1]}`)).toContain('T3101');
  });
});

describe('marks', () => {
  it('cannot be made by an expression', () => {
    const forged = '{"$tu" + "tti": "secret", "ref": {"kind": "stored", "key": "OTHER", "version": 1}, "hash": "h"}';
    expect(run(`\${${forged}}`)).toContain('"$tutti" cannot be a key');
    expect(run({ '${"$tu" + "tti"}': 'secret' })).toContain('T3107');
    expect(run({ '${"__pro" + "to__"}': 1 })).toContain('T3107');
    expect(run('${{"__proto__": {"x": 1}}}')).toContain('cannot be used');
  });

  it('are not reached by giving a name of the scope another meaning', () => {
    expect(run('${[{"key": "password"}].map(params, generate[params.key])}')).toContain('choose another');
    expect(run('${cel.bind(locals, generate, "password" in locals)}')).toContain('choose another');
  });

  it('are not reached through names that macros bind', () => {
    expect(run('${["password"].map(name, generate[name])}')).toContain('T3105');
    expect(run('${locals.deep.list.map(each, each.name)}')).toContain('T3105');
    expect(run('${cel.bind(password, generate.password, password + "x")}')).toContain('T3105');
    expect(run('${generate[params.key] == "x"}')).toContain('T3105');
  });

  it('let it be asked whether they are there, and what lies beside them', () => {
    expect(run('${has(generate.password) && has(locals.open) && !has(generate.other)}')).toBe(true);
    expect(run('${"password" in generate}')).toBe(true);
    expect(run('${locals.deep.list[0].name}')).toBe('a');
    expect(run('${generate.password.password}')).toContain('T3105');
  });

  it('leave what stands beside them as it is written', () => {
    expect(run('${string(10 - (3 + 2)) + generate.password}')).toEqual({ $tutti: 'secretText', parts: ['5', secret] });
    expect(run('${(2 * (3 - (1 - 1)) == 6 ? "a" : "b") + generate.password}')).toEqual({ $tutti: 'secretText', parts: ['a', secret] });
    expect(run('${string(0.12345678901234) + generate.password}')).toEqual({ $tutti: 'secretText', parts: ['0.12345678901234', secret] });
    expect(run('${(["b", "a"].exists(each, each.matches("^a")) ? "x" : "y") + generate.password}')).toEqual({
      $tutti: 'secretText',
      parts: ['x', secret],
    });
  });
});

describe('failures', () => {
  it('say which keys there are where one is missing', () => {
    expect(run('${params.sise}')).toBe(
      'T3104 The expression `params.sise`: `params` has no "sise"; it has size, key, many, text. Did you mean "size"?',
    );
    expect(run('${locals.deep.lists}')).toContain('`locals.deep` has no "lists"; it has list. Did you mean "list"?');
  });

  it('say how types are brought together', () => {
    expect(run('${params.size * 2}')).toContain('convert one side first');
  });

  it('show long expressions shortened and on one line', () => {
    expect(run(`\${params.nope +\n${'1 + '.repeat(60)} 1}`)).toMatch(/^T3104 The expression `params\.nope \+ 1 \+ .{0,110}…`: /);
  });
});
