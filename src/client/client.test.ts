import { expect, test } from 'vitest';
import { createClient, type FetchInit, type FetchResponse } from './index.ts';

interface Sent extends FetchInit {
  readonly url: string;
}

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | readonly string[] | Error;
}

/** A server that answers what it is told, one after the other, and remembers what it was asked. */
function connect(answers: readonly Answer[]) {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: FetchInit): Promise<FetchResponse> => {
    const answer = answers[sent.length];
    sent.push({ url, ...init });
    if (!answer) throw new Error('asked too often');
    if (answer.body instanceof Error) throw answer.body;
    const chunks = typeof answer.body === 'string' ? [answer.body] : answer.body;
    return {
      status: answer.status ?? 200,
      headers: { get: (name) => (name === 'content-type' ? (answer.type ?? 'application/json') : null) },
      text: async () => chunks.join(''),
      body: encode(chunks),
    };
  };
  return { client: createClient({ baseUrl: 'http://server/', token: 'secret', fetch, retryDelayMs: 0 }), sent };
}

async function* encode(chunks: readonly string[]): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) {
    if (chunk === 'cut') throw new Error('the connection broke');
    yield new TextEncoder().encode(chunk);
  }
}

async function gather<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const gathered: T[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}

const ref = { project: 'shop', environment: 'staging' };

test('fields go where the operation has them, and the token goes along', async () => {
  const { client, sent } = connect([{ body: '{"data":{"deployments":[]},"diagnostics":[]}' }]);
  const answer = await client.call('deployments.list', { ...ref, limit: 5 });
  expect(answer).toEqual({ ok: true, data: { deployments: [] }, diagnostics: [] });
  expect(sent[0]).toMatchObject({
    url: 'http://server/api/v1/projects/shop/environments/staging/deployments?limit=5',
    method: 'GET',
    headers: { authorization: 'Bearer secret' },
  });
});

test('a body is sent as JSON', async () => {
  const { client, sent } = connect([{ status: 201, body: '{"data":{},"diagnostics":[]}' }]);
  await client.call('projects.create', { body: { name: 'shop' } });
  expect(sent[0]).toMatchObject({ method: 'POST', body: '{"name":"shop"}', headers: { 'content-type': 'application/json' } });
});

test('names are escaped in addresses', async () => {
  const { client, sent } = connect([{ body: '{"data":{},"diagnostics":[]}' }]);
  await client.call('resources.show', { ...ref, uid: 'postgres.default#web.db/a b' });
  expect(sent[0]?.url).toContain('/resources/postgres.default%23web.db%2Fa%20b');
});

test.each(['', '.', '..'])('the name "%s" is refused before it can change the address', async (project) => {
  const { client, sent } = connect([]);
  expect(await client.call('projects.delete', { project })).toMatchObject({ ok: false, status: 0, code: 'T8006' });
  expect(sent).toEqual([]);
});

test('a problem is a value', async () => {
  const diagnostics = [{ code: 'T7201', severity: 'error', summary: 'No such record', detail: 'There is no project "shop".', related: [] }];
  const body = JSON.stringify({ type: '/errors#T7201', title: 'No such record', status: 404, detail: '', code: 'T7201', diagnostics });
  const { client } = connect([{ status: 404, type: 'application/problem+json', body }]);
  expect(await client.call('projects.show', { project: 'shop' })).toEqual({ ok: false, status: 404, code: 'T7201', diagnostics });
});

test('a server that cannot be reached is a value too, and says why', async () => {
  const { client } = connect([{ body: new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }) }]);
  const answer = await client.call('projects.list', {});
  expect(answer).toMatchObject({ ok: false, status: 0, code: 'T8012' });
  expect(answer.diagnostics[0]?.detail).toContain('ECONNREFUSED');
});

test.each([
  { status: 200, body: '<html>' },
  { status: 502, body: '<html>' },
  { status: 200, body: '{"data":{}}' },
])('an answer that is not of the API is told from one that is: $status $body', async (answer) => {
  const { client } = connect([answer]);
  expect(await client.call('projects.list', {})).toMatchObject({ ok: false, status: answer.status, code: 'T8013' });
});

test("the caller's own abort is thrown", async () => {
  const { client } = connect([{ body: new Error('aborted') }]);
  const call = client.call('projects.list', {}, { signal: AbortSignal.abort(new Error('Ctrl-C')) });
  await expect(call).rejects.toThrow('Ctrl-C');
});

const stream = 'text/event-stream; charset=utf-8';
const first = 'id: 7\nevent: deployment.status\ndata: {"sequence":7}\n\n';
const second = 'id: 9\nevent: deployment.step\ndata: {"sequence":9}\n\n';
const end = 'event: end\ndata: {}\n\n';

test('events are read as they come, also when their bytes are torn apart', async () => {
  const torn = [...`${first}: a comment\n\n${second}${end}`];
  const { client } = connect([{ type: stream, body: torn }]);
  const items = await gather(client.stream('deployments.events', { ...ref, number: 1 }));
  expect(items).toEqual([
    { ok: true, event: { sequence: 7 } },
    { ok: true, event: { sequence: 9 } },
  ]);
});

test('a connection that is cut is made again and goes on after the last event', async () => {
  const { client, sent } = connect([
    { type: stream, body: [first, 'cut'] },
    { type: stream, body: [second, end] },
  ]);
  const items = await gather(client.stream('deployments.events', { ...ref, number: 1 }));
  expect(items).toHaveLength(2);
  expect(sent[1]?.headers).toMatchObject({ 'last-event-id': '7' });
});

test('an end that the server did not announce is a cut', async () => {
  const { client, sent } = connect([
    { type: stream, body: [first] },
    { type: stream, body: [end] },
  ]);
  expect(await gather(client.stream('deployments.events', { ...ref, number: 1 }))).toHaveLength(1);
  expect(sent).toHaveLength(2);
});

test('a refused stream ends with why', async () => {
  const body = JSON.stringify({ code: 'T7201', status: 404, diagnostics: [] });
  const { client, sent } = connect([{ status: 404, type: 'application/problem+json', body }]);
  expect(await gather(client.stream('deployments.events', { ...ref, number: 1 }))).toMatchObject([
    { ok: false, status: 404, code: 'T7201' },
  ]);
  expect(sent).toHaveLength(1);
});

test('a server that breaks off again and again is given up', async () => {
  const { client, sent } = connect(Array.from({ length: 9 }, () => ({ body: new Error('reset') })));
  expect(await gather(client.stream('deployments.events', { ...ref, number: 1 }))).toMatchObject([{ ok: false, code: 'T8012' }]);
  expect(sent).toHaveLength(6);
});

test('a failure within a stream is its last item', async () => {
  const problem = JSON.stringify({ code: 'T8010', status: 500, diagnostics: [] });
  const { client } = connect([{ type: stream, body: [first, `event: problem\ndata: ${problem}\n\n`] }]);
  const items = await gather(client.stream('deployments.events', { ...ref, number: 1 }));
  expect(items.at(-1)).toMatchObject({ ok: false, code: 'T8010' });
});
