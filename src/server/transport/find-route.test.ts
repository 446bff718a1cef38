import { expect, test } from 'vitest';
import { operations } from '../../contract/index.ts';
import { findRoute } from './find-route.ts';

test('every operation is found by its own method and path', () => {
  for (const [id, { method, path }] of Object.entries(operations)) {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(`a/${name} #1`));
    const { value } = findRoute(method, filled);
    expect(value?.id).toBe(id);
    for (const [name, text] of Object.entries(value?.params ?? {})) expect(text).toBe(`a/${name} #1`);
  }
});

test('another method is told from another path', () => {
  expect(findRoute('PUT', '/api/v1/projects').diagnostics).toMatchObject([
    { code: 'T8004', detail: '"/api/v1/projects" takes GET, POST, not "PUT".' },
  ]);
  expect(findRoute('GET', '/api/v1/project').diagnostics).toMatchObject([{ code: 'T8003' }]);
});

test.each([
  '',
  '/',
  '/api/v1',
  '/api/v1/',
  '/api/v1/projects/',
  '/api/v1/projects//environments',
  '/api/v1/projects/%ff',
  '/api/v1/projects/%',
  '/api/v2/projects',
  '/API/v1/projects',
])('there is nothing at "%s"', (path) => {
  expect(findRoute('GET', path).diagnostics).toMatchObject([{ code: 'T8003' }]);
});
