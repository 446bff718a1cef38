import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { operations, problemSchema, type Operation } from '../../contract/index.ts';
import { diagnose, fail, succeed } from '../../core/index.ts';
import { admin, makeServices } from '../test-support.ts';
import { createHttpServer, type HttpOptions, type HttpServer } from './index.ts';

const running: HttpServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

type Authenticate = HttpOptions['authenticate'];

const authenticate: Authenticate = async (token) =>
  token === 'good' ? succeed(admin) : fail(diagnose('T7208', { detail: 'No token of this installation is like the one that was sent.' }));

async function serve(options: Partial<HttpOptions> = {}) {
  const { services, failures } = makeServices();
  const server = createHttpServer({ services, authenticate, isReady: async () => true, ...options });
  running.push(server);
  return { server, failures, url: await server.listen({ host: '127.0.0.1', port: 0 }) };
}

const token = { authorization: 'Bearer good' };
const json = { ...token, 'content-type': 'application/json' };

async function readProblem(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

const all: readonly (readonly [string, Operation])[] = Object.entries(operations);

test.each(all)('%s needs a token', async (_id, { method, path }) => {
  const { url } = await serve();
  const address = `${url}${path.replaceAll(/\{\w+\}/g, 'x')}`;
  const without = await fetch(address, { method });
  expect(without.headers.get('www-authenticate')).toBe('Bearer');
  expect(await readProblem(without)).toMatchObject({ status: 401, code: 'T8001' });
  const wrong = await fetch(address, { method, headers: { authorization: 'Bearer nothing' } });
  expect(await readProblem(wrong)).toMatchObject({ status: 401, code: 'T7208' });
});

test('an address that cannot be decoded does not get past the guards', async () => {
  const { url } = await serve();
  expect((await fetch(`${url}/api/v1/projects/%zz`)).status).toBe(401);
  expect(await readProblem(await fetch(`${url}/api/v1/projects/%zz`, { headers: token }))).toMatchObject({ code: 'T8003' });
});

test('a long name is a name', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}/api/v1/projects/${'x'.repeat(190)}`, { headers: token });
  expect(await readProblem(response)).toMatchObject({ code: 'T8010' });
});

test.each(['/api/openapi.json', '/api/v1/nothing', '/metrics', '/console', '/healthz/', '//healthz', '/index.html'])(
  '%s tells nothing without a token',
  async (path) => {
    const { url } = await serve();
    expect((await fetch(`${url}${path}`)).status).toBe(401);
  },
);

test.each(['Bearer', 'Bearer  good', 'Basic good', 'good', `Bearer ${'x'.repeat(5_000)}`, 'Bearer good, Bearer good'])(
  '"%.20s" is no token',
  async (authorization) => {
    const { url } = await serve();
    expect((await fetch(`${url}/api/v1/version`, { headers: { authorization } })).status).toBe(401);
  },
);

test('health and readiness answer without a token and without detail', async () => {
  const { url } = await serve({ isReady: () => Promise.reject(new Error('postgres://secret')) });
  const health = await fetch(`${url}/healthz`);
  expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.text()]).toEqual([503, 'not ready\n']);
});

test('the version answers to a good token', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}/api/v1/version`, { headers: token });
  expect(await response.json()).toEqual({ data: { version: '1.2.3', api: 'v1' }, diagnostics: [] });
});

test('the OpenAPI document is that of the contract', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}/api/openapi.json`, { headers: token });
  expect(await response.json()).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
});

test('every answer forbids sniffing, framing, caching and reading by others', async () => {
  const { url } = await serve();
  for (const path of ['/', '/healthz', '/api/v1/version', '/nothing']) {
    const { headers } = await fetch(`${url}${path}`, { headers: path.startsWith('/api') ? token : {} });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('no other origin is allowed in advance', async () => {
  const { url } = await serve();
  const headers = {
    origin: 'https://evil.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  const response = await fetch(`${url}/api/v1/projects`, { method: 'OPTIONS', headers });
  expect(response.ok).toBe(false);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test.each([
  { what: 'another address', path: '/project', status: 404, code: 'T8003' },
  { what: 'another method', method: 'PUT', path: '/projects', status: 405, code: 'T8004' },
  { what: 'half a document', method: 'POST', path: '/projects', body: '{"name":', status: 400, code: 'T8005' },
  { what: 'an unknown field', method: 'POST', path: '/projects', body: '{"nam":"shop"}', status: 400, code: 'T8006' },
  { what: 'a number that is none', path: '/projects/a/environments/b/deployments/one', status: 400, code: 'T8006' },
  { what: 'a NUL in the address', path: '/projects/%00', status: 400, code: 'T8006' },
])('$what is a problem document', async ({ method = 'GET', path, body, status, code }) => {
  const { url } = await serve();
  const response = await fetch(`${url}/api/v1${path}`, { method, headers: json, ...(body !== undefined && { body }) });
  expect(await readProblem(response)).toMatchObject({ status, code });
});

test('a form from another site is refused by its type', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}/api/v1/projects`, { method: 'POST', headers: token, body: new URLSearchParams({ name: 'shop' }) });
  expect(await readProblem(response)).toMatchObject({ status: 415, code: 'T8008' });
});

test('text that is not UTF-8 is refused', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}/api/v1/projects`, { method: 'POST', headers: json, body: new Uint8Array([0x22, 0xff, 0x22]) });
  expect(await readProblem(response)).toMatchObject({ status: 400, code: 'T8005' });
});

test('a body that is said to be too large is refused before it comes', async () => {
  const { url } = await serve();
  const { port } = new URL(url);
  const head = `POST /api/v1/projects HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer good\r\ncontent-type: application/json\r\ncontent-length: 99999999999\r\n\r\n`;
  expect(await converse(Number(port), head)).toMatch(/^HTTP\/1\.1 413 /);
});

test('without a token a body is not even waited for', async () => {
  const { url } = await serve();
  const { port } = new URL(url);
  const head = `POST /api/v1/projects HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n`;
  expect(await converse(Number(port), head)).toMatch(/^HTTP\/1\.1 401 /);
});

/** Sends a head without its body; gives what comes back until the server closes or has said enough. */
function converse(port: number, head: string): Promise<string> {
  return new Promise((done, failed) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    socket.on('data', (chunk) => {
      received += chunk.toString();
      if (received.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('close', () => done(received));
    socket.on('error', failed);
  });
}

function fetchAs(url: string, host: string): Promise<number | undefined> {
  return new Promise((done, failed) => {
    const sent = request(`${url}/api/v1/version`, { headers: { ...token, host } }, (response) => {
      response.resume();
      done(response.statusCode);
    });
    sent.on('error', failed);
    sent.end();
  });
}

test.each(['localhost', 'localhost:8470', '127.0.0.1', '[::1]:8470', 'LOCALHOST.', '10.1.2.3:80', 'tutti.example'])(
  'a request for the host %s is taken',
  async (host) => {
    const { url } = await serve({ hostNames: ['Tutti.Example'] });
    expect(await fetchAs(url, host)).toBe(200);
  },
);

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'tutti.example.evil', 'localhost@evil.example', '[::1'])(
  'a request for the host "%s" is refused',
  async (host) => {
    const { url } = await serve({ hostNames: ['tutti.example'] });
    expect(await fetchAs(url, host)).toBe(421);
  },
);

test('a defect is told by its number alone', async () => {
  const { url, failures } = await serve();
  const response = await fetch(`${url}/api/v1/projects`, { headers: token });
  const problem = await readProblem(response);
  expect(problem).toMatchObject({ status: 500, code: 'T8010' });
  expect(failures).toMatchObject([{ operation: 'projects.list' }]);
  expect(problem.detail).toContain(failures[0]?.id);
  expect(JSON.stringify(problem)).not.toContain('secret');
});

test('a database that is away is no defect', async () => {
  const { services } = makeServices(() => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })));
  const { url } = await serve({ services });
  const response = await fetch(`${url}/api/v1/projects`, { headers: token });
  expect(await readProblem(response)).toMatchObject({ status: 503, code: 'T8011' });
});

test('a check of tokens that fails lets nobody in', async () => {
  const { url } = await serve({ authenticate: () => Promise.reject(new Error('the database is broken')) });
  const response = await fetch(`${url}/api/v1/version`, { headers: token });
  expect(await readProblem(response)).toMatchObject({ status: 500, code: 'T8010' });
});
