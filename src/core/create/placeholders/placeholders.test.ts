import { describe, expect, it } from 'vitest';
import { makeUid } from '../../model/uid.ts';
import type { Secret, Unknown } from '../../model/value.ts';
import { resolveParams, resolveText, type PlaceholderScope } from './resolve.ts';

const uid = makeUid({ type: 'postgres', id: 'api.db' });
const secret: Secret = { $tutti: 'secret', ref: { kind: 'generated', uid, name: 'password' }, hash: 'h' };
const unknown: Unknown = { $tutti: 'unknown', uid, path: 'host' };
const place = { file: 'score.yaml', document: 0, path: ['containers'] };

const outputs = {
  db: { host: 'pg', port: 5432, password: secret, tls: { on: true, names: ['a'] }, login: { user: 'u', password: secret } },
  later: { host: unknown },
};

const scope: PlaceholderScope = {
  metadata: { name: 'web', annotations: { 'example.com/team': 'blue' }, list: [1] },
  outputsOf: (name) => Object.entries(outputs).find(([each]) => each === name)?.[1],
  needNames: Object.keys(outputs),
};

function run(text: string) {
  const outcome = resolveText(text, scope, place);
  return outcome.diagnostics.length > 0 ? outcome.diagnostics.map((each) => each.code) : outcome.value;
}

describe('placeholders', () => {
  it.each([
    ['plain', 'plain'],
    ['$', '$'],
    ['$$', '$'],
    ['$abc $(x)', '$abc $(x)'],
    ['$${anything}', '${anything}'],
    ['$$${metadata.name}', '$web'],
    ['$$$${metadata.name}', '$${metadata.name}'],
    ['${metadata.name', '${metadata.name'],
    ['${metadata.name}-x', 'web-x'],
    [String.raw`\${metadata.annotations.example\.com/team}`, String.raw`\blue`],
    [String.raw`${'$'}{metadata.annotations.example\.com/team}`, 'blue'],
    ['${resources.db.host}:${resources.db.port}', 'pg:5432'],
    ['${resources.db.tls}', '{"names":["a"],"on":true}'],
    ['${resources.db.tls.on}', 'true'],
    ['${metadata.list}', '[1]'],
  ])('turn %j into %j', (text, expected) => {
    expect(run(text)).toBe(expected);
  });

  it('are found in linear time where braces are never closed', () => {
    const text = '${'.repeat(500_000);
    expect(run(text)).toBe(text);
    expect(run('$$'.repeat(300_000))).toBe('$'.repeat(300_000));
  });

  it('are not resolved a second time', () => {
    const recursive = { ...scope, metadata: { name: '${metadata.name}' } };
    expect(resolveText('${metadata.name}', recursive, place).value).toBe('${metadata.name}');
  });

  it('carry secrets and unknowns through', () => {
    expect(run('${resources.db.password}')).toEqual(secret);
    expect(run('pg://u:${resources.db.password}@${resources.db.host}')).toEqual({
      $tutti: 'secretText',
      parts: ['pg://u:', secret, '@pg'],
    });
    expect(run('http://${resources.later.host}')).toEqual(unknown);
    expect(run('${resources.db.login}')).toEqual({
      $tutti: 'secretText',
      parts: ['{"password":"', { $tutti: 'secretText', parts: [secret], encoding: 'json' }, '","user":"u"}'],
    });
    expect(resolveText('${resources.all}', { ...scope, needNames: ['all'], outputsOf: () => outputs.db }, place).diagnostics).toHaveLength(
      1,
    );
  });

  it.each([
    ['${resource.db.host}', 'T3201'],
    ['${}', 'T3201'],
    ['${metadata}', 'T3204'],
    ['${resources}', 'T3204'],
    ['${resources.db}', 'T3204'],
    ['${resources.bd.host}', 'T3202'],
    ['${resources.db.hots}', 'T3203'],
    ['${metadata.list.0}', 'T3203'],
    ['${resources.__proto__.x}', 'T3202'],
    ['${metadata.constructor}', 'T3203'],
  ])('refuse %j with %s', (text, code) => {
    expect(run(text)).toEqual([code]);
  });

  it('report all problems at once, with what was meant', () => {
    const outcome = resolveParams({ a: '${resources.bd.x}', b: [{ c: '${resources.db.hots} ${foo}' }] }, scope, place);
    expect(outcome.diagnostics.map((each) => each.place?.path.join('.'))).toEqual(['containers.a', 'containers.b.0.c', 'containers.b.0.c']);
    expect(outcome.diagnostics.map((each) => each.detail).join('\n')).toMatch(/Did you mean "db"\?[^]*Did you mean "host"\?/);
  });
});
