import { expect, test } from 'vitest';
import type { OperationId } from '../../contract/index.ts';
import { parseInput, type RawInput } from './parse-input.ts';

function detailsOf(id: OperationId, raw: Partial<RawInput>): readonly string[] {
  const { value, diagnostics } = parseInput(id, { params: {}, query: {}, body: undefined, ...raw });
  if (diagnostics.length > 0) expect(value).toBeUndefined();
  for (const each of diagnostics) expect(each.code).toBe('T8006');
  return diagnostics.map((each) => each.detail);
}

const params = { project: 'shop', environment: 'staging' };

test('fields of path, query and body come together, numbers as numbers', () => {
  const raw: RawInput = { params, query: { limit: '5', before: '12' }, body: undefined };
  expect(parseInput('deployments.list', raw).value).toEqual({ ...params, limit: 5, before: 12 });
});

test('everything that is wrong is said at once, each with its place', () => {
  expect(detailsOf('deployments.list', { params: { ...params, project: '' }, query: { limit: '0', since: 'x' } })).toEqual([
    'path.project: too small: expected string to have >=1 characters.',
    'query.limit: too small: expected number to be >=1.',
    'query.since: this field is not known.',
  ]);
});

test.each(['1e3', ' 5', '-1', '0x10', '', '5.5', '99999999999999999999'])('"%s" is no whole number in an address', (limit) => {
  expect(detailsOf('deployments.list', { params, query: { limit } })).toHaveLength(1);
});

test('a body that is missing, and one that nobody asked for', () => {
  expect(detailsOf('projects.create', {})).toEqual(['body: a JSON document is expected, and there is none.']);
  expect(detailsOf('projects.list', { body: { name: 'shop' } })).toEqual(['body: nothing is expected here.']);
});

test('a field of the wrong type, or none at all', () => {
  expect(detailsOf('projects.create', { body: { name: 7 } })).toEqual(['body.name: text is expected.']);
  expect(detailsOf('projects.create', { body: {} })).toEqual(['body.name: text is expected, and there is nothing.']);
});

test('of several forms the problems of the one that was meant are told', () => {
  const change = { kind: 'deploy', remove: 'web' };
  expect(detailsOf('deployments.create', { params, body: { change } })).toEqual(['body.change.remove: a list is expected.']);
  expect(detailsOf('deployments.create', { params, body: { plan: 'x' } })).toEqual(['body.plan: invalid uuid.']);
});

test('a mistyped choice is answered with the one that was meant', () => {
  const body = { sources: [{ file: 'a', text: '' }], context: { format: 'kubernets' } };
  expect(detailsOf('files.graph', { body })).toEqual([
    'body.context.format: one of kubernetes, compose is expected. Did you mean "kubernetes"?',
  ]);
});

test('a kind that there is not is told by its field', () => {
  expect(detailsOf('plans.create', { params, body: { kind: 'explode' } })).toEqual([
    'body.kind: none of the known forms, which differ in "kind".',
  ]);
});
