import { describe, expect, it } from 'vitest';
import { pendSecret } from '../model/pending.ts';
import { makeUid } from '../model/uid.ts';
import type { Json, Secret, Unknown } from '../model/value.ts';
import { evaluate } from './evaluate.ts';
import type { ExpressionScope } from './scope.ts';

const uid = makeUid({ type: 'postgres', id: 'api.db' });
const secret: Secret = { $tutti: 'secret', ref: { kind: 'generated', uid, name: 'password' }, hash: 'h' };
const unknown: Unknown = { $tutti: 'unknown', uid, path: 'host' };
const place = { file: 'platform.yaml', document: 0, path: ['spec', 'inputs'] };

const scope: ExpressionScope = {
  params: { size: 'large', count: 3, ratio: 0.5, tags: ['a', 'b'], open: unknown },
  context: { slug: 'shop-staging-1a2b', values: { LOG_LEVEL: 'info' }, environmentType: 'staging' },
  generate: { password: secret },
  locals: {},
  outputsOf: ({ type, id }) => (type === 'dns' && id === undefined ? { host: 'shop.example.com' } : undefined),
  consumers: (type) => (type === 'workload' ? [{ name: 'web' }] : []),
};

function run(value: Json) {
  const outcome = evaluate(value, scope, place);
  return outcome.diagnostics.length > 0 ? outcome.diagnostics.map((each) => each.code) : outcome.value;
}

describe('expressions', () => {
  it('keep the type of a scalar that is one expression', () => {
    expect(run('${params.count}')).toBe(3);
    expect(run('${params.count * 2 + 1}')).toBe(7);
    expect(run('${params.ratio}')).toBe(0.5);
    expect(run('${params.tags}')).toEqual(['a', 'b']);
    expect(run("${params.size == 'large'}")).toBe(true);
    expect(run('${{"a": [1, params.size]}}')).toEqual({ a: [1, 'large'] });
  });

  it('insert values into text', () => {
    expect(run('pg-${context.slug}:${params.count}')).toBe('pg-shop-staging-1a2b:3');
    expect(run('$${literal} and ${params.size}')).toBe('${literal} and large');
    expect(run('costs $5, ${"}"}')).toBe('costs $5, }');
    expect(run('x-${params.tags}')).toEqual(['T3106']);
  });

  it('walk structures and their keys', () => {
    expect(run({ [`a-\${params.size}`]: ['${params.count}', { b: 'plain' }] })).toEqual({ 'a-large': [3, { b: 'plain' }] });
    expect(run({ '${params.size}': 1, large: 2 })).toEqual(['T3107']);
    expect(run({ '${params.open}': 1 })).toEqual(['T3107']);
  });

  it('give constant parts back as they are', () => {
    const constant = { deep: [{ text: 'no expression', more: '$5' }] };
    expect(evaluate(constant, scope, place).value).toBe(constant);
  });

  it('reach other resources, their consumers and encoders', () => {
    expect(run('https://${resources["dns"].outputs.host}')).toBe('https://shop.example.com');
    expect(run('${select.consumers("workload")[0].name}')).toBe('web');
    expect(run('${size(select.consumers("route"))}')).toBe(0);
    expect(run('${base64.encode("häl")}')).toBe(Buffer.from('häl').toString('base64'));
    expect(run('${url.encode("a b/ä")}')).toBe(encodeURIComponent('a b/ä'));
  });

  it('ask whether something is there', () => {
    expect(run("${'size' in params ? params.size : 'small'}")).toBe('large');
    expect(run("${has(params.other) ? params.other : 'small'}")).toBe('small');
    expect(run('${params.other}')).toEqual(['T3104']);
  });

  it('pass secrets on, join and encode them, and do nothing else with them', () => {
    expect(run('${generate.password}')).toEqual(secret);
    expect(run('user:${generate.password}@host')).toEqual({ $tutti: 'secretText', parts: ['user:', secret, '@host'] });
    expect(run('${"user:" + generate.password}')).toEqual({ $tutti: 'secretText', parts: ['user:', secret] });
    const encoded = { $tutti: 'secretText', parts: [secret], encoding: 'base64' };
    expect(run('${base64.encode(generate.password)}')).toEqual(encoded);
    expect(run('Basic ${base64.encode("u:" + generate.password)}')).toEqual({
      $tutti: 'secretText',
      parts: ['Basic ', { $tutti: 'secretText', parts: [{ $tutti: 'secretText', parts: ['u:', secret] }], encoding: 'base64' }],
    });
    expect(run('${params.count > 1 ? generate.password : "none"}')).toEqual(secret);
  });

  it('look up what an evaluated index names, beside secrets too', () => {
    const values = { 'web.replicas': '3', KEY: secret };
    const beside = { ...scope, context: { values }, workload: { name: 'web' } };
    const text = "${(workload.name + '.replicas') in context.values ? int(context.values[workload.name + '.replicas']) : 1}";
    expect(evaluate(text, beside, place).value).toBe(3);
    expect(evaluate(text, { ...beside, workload: { name: 'api' } }, place).value).toBe(1);
    expect(evaluate('${context.values["K" + "EY"] == "x"}', beside, place).diagnostics[0]?.code).toBe('T3105');
  });

  it.each([
    '${size(generate.password)}',
    '${generate.password == "x"}',
    '${generate.password.hash}',
    '${generate.password == "a" ? 1 : 2}',
    '${[generate.password].map(p, p)}',
    '${generate.map(k, k)}',
    '${has(generate.password.ref)}',
    '${string(generate.password)}',
  ])('refuse %s', (text) => {
    expect(run(text)).toEqual(['T3105']);
  });

  it('are a secret that is not known yet where they read something secret besides', () => {
    const pending = pendSecret(unknown);
    expect(run('postgres://${generate.password}@${params.open}/')).toEqual(pending);
    expect(run('${generate.password + params.open}')).toEqual(pending);
    expect(run('${url.encode(generate.password)}@${params.open}')).toEqual(pending);
  });

  it('are unknown as soon as they read something unknown', () => {
    expect(run('${params.open}')).toEqual(unknown);
    expect(run('http://${params.open}/')).toEqual(unknown);
    expect(run('${params.open == "x" ? 1 : 2}')).toEqual(unknown);
    expect(run('${size(params)}')).toEqual(unknown);
    expect(run('${params.open.deeper}')).toEqual(unknown);
  });

  it('never reach anything but data', () => {
    expect(run('${params.constructor}')).toEqual(['T3104']);
    expect(run('${params.__proto__}')).toEqual(['T3104']);
    expect(run('${params["constructor"]["constructor"]("return 1")()}')).toEqual(['T3101']);
  });

  it('match in linear time', () => {
    expect(run(`\${"${'a'.repeat(5000)}!".size() > 0}`)).toEqual(['T3101']);
    expect(run('${"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("^(a+)+$")}')).toBe(false);
    expect(run('${"ab".matches("^a")}')).toBe(true);
  });

  it('report every broken one at its place', () => {
    const outcome = evaluate({ a: '${params.x}', b: ['${1 +}'] }, scope, place);
    expect(outcome.diagnostics.map((each) => [each.code, each.place?.path.join('.')])).toEqual([
      ['T3104', 'spec.inputs.a'],
      ['T3101', 'spec.inputs.b.0'],
    ]);
  });
});
