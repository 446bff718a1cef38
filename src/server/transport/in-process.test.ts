import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { succeed } from '../../core/index.ts';
import { createHttpServer } from '../http/index.ts';
import { admin, makeServices } from '../test-support.ts';
import { createInProcessFetch } from './in-process.ts';

const { services } = makeServices();
const server = createHttpServer({ services, authenticate: async () => succeed(admin), isReady: async () => true });
const within = createInProcessFetch({ services, caller: admin });
let url = '';

beforeAll(async () => {
  url = await server.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(() => server.close());

const worker = await readFile(new URL('../../../examples/shop/worker.score.yaml', import.meta.url), 'utf8');
const sources = [{ file: 'worker.score.yaml', text: worker }];

interface Case {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly text?: string;
  readonly type?: string;
}

const cases: readonly (readonly [string, number, Case])[] = [
  ['the version', 200, { method: 'GET', path: '/api/v1/version' }],
  ['a Score file', 200, { method: 'POST', path: '/api/v1/files/validate', body: { sources } }],
  ['its graph', 200, { method: 'POST', path: '/api/v1/files/graph', body: { sources } }],
  ['its explanation', 200, { method: 'POST', path: '/api/v1/files/explain', body: { sources, allEnvironments: true } }],
  [
    'a Score file with problems',
    422,
    { method: 'POST', path: '/api/v1/files/validate', body: { sources: [{ file: 'a.yaml', text: 'kontainers: {}' }] } },
  ],
  ['a target that there is not', 422, { method: 'POST', path: '/api/v1/files/graph', body: { sources, context: { target: 'moon' } } }],
  ['another address', 404, { method: 'GET', path: '/api/v1/nothing' }],
  ['another method', 405, { method: 'DELETE', path: '/api/v1/version' }],
  ['an unknown field', 400, { method: 'POST', path: '/api/v1/files/validate', body: { sources, to: 'x' } }],
  ['an unknown question', 400, { method: 'GET', path: '/api/v1/version?a=%2F&a=b' }],
  ['half a document', 400, { method: 'POST', path: '/api/v1/files/validate', text: '{' }],
  ['another type', 415, { method: 'POST', path: '/api/v1/files/validate', text: '{}', type: 'text/plain' }],
  ['an escape that is none', 404, { method: 'GET', path: '/api/v1/projects/%zz' }],
];

test.each(cases)('%s has the same answer in the process and over HTTP', async (_, status, { method, path, body, text, type }) => {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const headers = { authorization: 'Bearer x', ...(sent !== undefined && { 'content-type': type ?? 'application/json' }) };
  const init = { method, headers, ...(sent !== undefined && { body: sent }) };
  const [near, far] = await Promise.all([within(`http://in-process${path}`, init), fetch(`${url}${path}`, init)]);
  expect(near.status).toBe(status);
  expect(far.status).toBe(status);
  expect(near.headers.get('content-type')).toBe(far.headers.get('content-type'));
  expect(await far.text()).toBe(await near.text());
});

test('problems of a Score file have their place in its text', async () => {
  const body = JSON.stringify({
    sources: [{ file: 'a.yaml', text: 'apiVersion: score.dev/v1b1\nmetadata: {name: web}\nkontainers: {}\n' }],
  });
  const answer = await within('/api/v1/files/validate', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const problem: { diagnostics: { source?: unknown }[] } = JSON.parse(await answer.text());
  expect(problem.diagnostics.map((each) => each.source)).toContainEqual(
    expect.objectContaining({ file: 'a.yaml', start: { line: 3, column: 1 } }),
  );
});

test('operations on files open nothing that is kept', async () => {
  const counted = makeServices(() => Promise.reject(new Error('opened')));
  const fetchWithin = createInProcessFetch({ services: counted.services, caller: admin });
  for (const path of ['validate', 'graph', 'explain']) {
    const answer = await fetchWithin(`/api/v1/files/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sources }),
    });
    expect(answer.status).toBe(200);
  }
  expect(counted.failures).toEqual([]);
});

test('a caller without the permission is refused before anything is looked at', async () => {
  const fetchWithin = createInProcessFetch({ services, caller: { actor: { name: 'guest' }, roles: ['viewer'] } });
  const answer = await fetchWithin('/api/v1/projects', { method: 'POST', headers: {} });
  expect(answer.status).toBe(403);
  expect(JSON.parse(await answer.text())).toMatchObject({ code: 'T8002' });
});
