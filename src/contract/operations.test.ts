import { expect, test } from 'vitest';
import { catalogue } from '../core/index.ts';
import { operations, permissions, type Operation } from './index.ts';

const all: readonly (readonly [string, Operation])[] = Object.entries(operations);

test('every parameter of a path is described, and nothing else', () => {
  for (const [id, { path, params }] of all) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(Object.keys(params?.shape ?? {}), id).toEqual(named);
  }
});

test('no two operations share method and path', () => {
  const routes = all.map(([, { method, path }]) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(new Set(routes).size).toBe(routes.length);
});

test('the fields of path and query have different names, and none is called body', () => {
  for (const [id, { params, query }] of all) {
    const names = [...Object.keys(params?.shape ?? {}), ...Object.keys(query?.shape ?? {})];
    expect(new Set(names).size, id).toBe(names.length);
    expect(names, id).not.toContain('body');
  }
});

test('every code that an operation names is in the catalogue', () => {
  for (const [id, { errors }] of all) for (const code of errors) expect(Object.hasOwn(catalogue, code), `${id} ${code}`).toBe(true);
});

test('every permission is used, and every operation has one', () => {
  expect([...new Set(all.map(([, { permission }]) => permission))].toSorted()).toEqual(permissions.toSorted());
});

test('what only reads is a GET without a body, or a POST because its question is too long for an address', () => {
  const questions = [
    'files.validate',
    'files.render',
    'files.explain',
    'files.graph',
    'releases.validate',
    'projects.explain',
    'environments.graph',
  ];
  for (const [id, { method, body, permission }] of all) {
    if (method === 'GET') expect(body, id).toBeUndefined();
    if (permission.endsWith('.read') || permission.endsWith('.list')) expect(method === 'GET' || questions.includes(id), id).toBe(true);
  }
});

test('no output has a field by which a secret could come out', () => {
  for (const [id, { output }] of all) {
    const described = JSON.stringify(Object.keys(describeFields(output)));
    expect(described, id).not.toMatch(/fingerprint|"hash"|seed|password|token/i);
  }
});

function describeFields(schema: Operation['output'], seen = new Set<unknown>()): Record<string, true> {
  if (seen.has(schema)) return {};
  seen.add(schema);
  const fields: Record<string, true> = {};
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if ('shape' in value && typeof value.shape === 'object' && value.shape !== null)
      for (const key of Object.keys(value.shape)) fields[key] = true;
    for (const each of Object.values(value)) visit(each);
  };
  visit(schema.def);
  return fields;
}
