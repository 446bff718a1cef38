import { describe, expect, test } from 'vitest';
import type { ApiAnswer, Client, OperationOutput } from '../../src/client/index.ts';
import { operations } from '../../src/contract/index.ts';
import { openControlPlane, openHttpPlane, readExample, transports } from './control-plane.ts';

const ref = { project: 'shop', environment: 'development' };

const web = `apiVersion: score.dev/v1b1
metadata: {name: web}
service: {ports: {http: {port: 80, targetPort: 8080}}}
containers:
  main:
    image: .
    variables:
      LOG_LEVEL: \${resources.settings.LOG_LEVEL}
      DATABASE_PASSWORD: \${resources.db.password}
resources:
  settings: {type: environment}
  db: {type: postgres}
`;

const sources = [{ file: 'web.score.yaml', text: web }];

function must<T>(answer: ApiAnswer<T>): T {
  expect.assert(answer.ok, JSON.stringify(answer));
  return answer.data;
}

async function prepare(client: Client): Promise<void> {
  must(await client.call('releases.create', { body: { files: await readExample('platform') } }));
  must(await client.call('projects.create', { body: { name: 'shop', displayName: 'The shop' } }));
  must(await client.call('environments.create', { project: 'shop', body: { environment: 'development', type: 'development' } }));
  must(await client.call('values.change', { ...ref, body: { set: { LOG_LEVEL: 'debug' } } }));
}

async function deploy(client: Client, image: string): Promise<OperationOutput<'deployments.show'>> {
  const change = { kind: 'deploy', sources, images: { web: image }, reason: 'a test' } as const;
  const { number } = must(await client.call('deployments.create', { ...ref, body: { change } }));
  const types = new Set<string>();
  for await (const item of client.stream('deployments.events', { ...ref, number })) {
    expect.assert(item.ok, JSON.stringify(item));
    types.add(item.event.type);
  }
  expect(types).toContain('deployment.status');
  const ended = must(await client.call('deployments.show', { ...ref, number }));
  expect(ended.status, JSON.stringify(ended.diagnostics)).toBe('succeeded');
  return ended;
}

/** What the contract promises is what is answered: the client takes it on trust. */
function expectOutput(id: keyof typeof operations, data: unknown): void {
  const parsed = operations[id].output.safeParse(data);
  expect(parsed.error?.issues ?? [], id).toEqual([]);
}

describe.each(transports)('a control plane %s', (transport) => {
  test('plans, deploys, shows, compares and rolls back', async () => {
    const { client } = await openControlPlane(transport);
    await prepare(client);

    const change = { kind: 'deploy', sources, images: { web: 'shop/web:1' } } as const;
    const planned = must(await client.call('plans.create', { ...ref, body: change }));
    expect(planned.plan.summary.isEmpty).toBe(false);
    expectOutput('plans.create', planned);
    expect(must(await client.call('plans.show', { ...ref, plan: planned.id }))).toEqual(planned);

    const first = await deploy(client, 'shop/web:1');
    expect(first, JSON.stringify(first.diagnostics)).toMatchObject({ status: 'succeeded', number: 1, requester: 'ada', reason: 'a test' });
    expectOutput('deployments.show', first);
    const second = await deploy(client, 'shop/web:2');
    expect(second).toMatchObject({ status: 'succeeded', number: 2 });

    const diff = must(await client.call('deployments.diff', { ...ref, from: 1, to: 2 }));
    expectOutput('deployments.diff', diff);
    expect(diff.workloads).toMatchObject([{ name: 'web', action: 'update', fields: [{ before: 'shop/web:1', after: 'shop/web:2' }] }]);
    expect(diff.values).toEqual([]);

    const back = must(await client.call('deployments.create', { ...ref, body: { change: { kind: 'rollback' } } }));
    for await (const item of client.stream('deployments.events', { ...ref, number: back.number })) expect(item.ok).toBe(true);
    const status = must(await client.call('environments.status', ref));
    expectOutput('environments.status', status);
    expect(status).toMatchObject({
      health: 'not-observed',
      workloads: [{ name: 'web', containers: [{ image: 'shop/web:1' }] }],
      lastDeployment: { number: 3, kind: 'rollback', status: 'succeeded' },
    });
  });

  test('lists deployments page by page, newest first', async () => {
    const { client } = await openControlPlane(transport);
    await prepare(client);
    for (const image of ['shop/web:1', 'shop/web:2', 'shop/web:3']) await deploy(client, image);
    const page = must(await client.call('deployments.list', { ...ref, limit: 2 }));
    expectOutput('deployments.list', page);
    expect(page.deployments.map((each) => each.number)).toEqual([3, 2]);
    expect(page.next).toBe(2);
    const rest = must(await client.call('deployments.list', { ...ref, limit: 2, before: 2 }));
    expect(rest.deployments.map((each) => each.number)).toEqual([1]);
    expect(rest.next).toBeUndefined();
  });

  test('changes an image without the Score file, and removes a workload', async () => {
    const { client } = await openControlPlane(transport);
    await prepare(client);
    await deploy(client, 'shop/web:1');
    const images = must(await client.call('plans.create', { ...ref, body: { kind: 'deploy', images: { web: 'shop/web:9' } } }));
    expect(images.plan.changes.find((each) => each.subject.kind === 'workload')).toMatchObject({ action: 'update', cause: 'image' });
    const unknown = await client.call('plans.create', { ...ref, body: { kind: 'deploy', images: { wbe: 'shop/web:9' } } });
    expect(unknown).toMatchObject({ ok: false, status: 422, code: 'T1203' });
    const removed = must(await client.call('plans.create', { ...ref, body: { kind: 'deploy', remove: ['web'] } }));
    expect(removed.plan.changes.find((each) => each.subject.kind === 'workload')).toMatchObject({ action: 'delete' });
    const nothing = await client.call('plans.create', { ...ref, body: { kind: 'deploy', only: true } });
    expect(nothing).toMatchObject({ ok: false, code: 'T8017' });
  });

  test('shows resources without their secrets', async () => {
    const { client } = await openControlPlane(transport);
    await prepare(client);
    must(await client.call('secrets.set', { ...ref, key: 'PAYMENT_KEY', body: { value: 'canary-1234' } }));
    await deploy(client, 'shop/web:1');
    const { resources } = must(await client.call('resources.list', ref));
    const uid = 'postgres.default#web.db';
    expect(resources.map((each) => each.uid)).toContain(uid);
    const resource = must(await client.call('resources.show', { ...ref, uid }));
    expectOutput('resources.show', resource);
    expect(resource).toMatchObject({ neededBy: ['web'], outputs: { password: '‹secret›' } });
    expect(await client.call('resources.show', { ...ref, uid: 'postgres.default#web.dbs' })).toMatchObject({ status: 404, code: 'T7201' });
    const { values } = must(await client.call('secrets.list', ref));
    expect(values).toMatchObject([{ key: 'PAYMENT_KEY', isSecret: true }]);
    expect(JSON.stringify(await client.call('values.list', ref))).not.toContain('canary');
  });

  test('explains and draws environments as they are and as they would be', async () => {
    const { client } = await openControlPlane(transport);
    await prepare(client);
    must(await client.call('environments.create', { project: 'shop', body: { environment: 'staging', type: 'staging' } }));
    const body = { sources, images: { web: 'shop/web:1' }, need: { type: 'postgres' } };
    const explained = must(await client.call('projects.explain', { project: 'shop', body }));
    expectOutput('projects.explain', explained);
    expect(explained.needs).toMatchObject([{ uid: 'postgres.default#web.db', neededBy: ['web.db'] }]);
    expect(explained.needs[0]?.answers.map((each) => each.environment).toSorted()).toEqual(['development', 'staging']);
    const graph = must(await client.call('environments.graph', { ...ref, body: { sources, images: { web: 'shop/web:1' } } }));
    expectOutput('environments.graph', graph);
    expect(graph.nodes.map((each) => each.uid)).toContain('workload.default#web');
  });

  test('keeps releases, and finds the same again for the same files', async () => {
    const { client } = await openControlPlane(transport);
    await prepare(client);
    const files = await readExample('platform');
    const again = must(await client.call('releases.create', { body: { files: files.toReversed() } }));
    expect(again.release.number).toBe(1);
    const newest = must(await client.call('releases.show', { release: 'newest' }));
    expectOutput('releases.show', newest);
    expect(newest.files).toEqual(files);
    expect(must(await client.call('releases.list', {})).releases).toHaveLength(1);
  });

  test('says no in the same words as the store', async () => {
    const { client } = await openControlPlane(transport);
    expect(await client.call('environments.list', { project: 'shop' })).toMatchObject({ status: 404, code: 'T7201' });
    await prepare(client);
    expect(await client.call('projects.create', { body: { name: 'shop' } })).toMatchObject({ status: 409, code: 'T7202' });
    expect(await client.call('projects.create', { body: { name: 'The Shop' } })).toMatchObject({ status: 422, code: 'T7204' });
    expect(await client.call('projects.delete', { project: 'shop' })).toMatchObject({ status: 409, code: 'T7203' });
    const type = await client.call('environments.create', { project: 'shop', body: { environment: 'qa', type: 'prodution' } });
    expect(type).toMatchObject({ status: 422, code: 'T8014' });
    expect(type.diagnostics[0]?.detail).toContain('Did you mean "production"?');
    expect(await client.call('deployments.resume', ref)).toMatchObject({ status: 409, code: 'T5105' });
    expect(await client.call('deployments.create', { ...ref, body: { change: { kind: 'rollback' } } })).toMatchObject({
      status: 409,
      code: 'T8018',
    });
    must(await client.call('environments.delete', ref));
    must(await client.call('projects.delete', { project: 'shop' }));
    expect(must(await client.call('projects.list', {})).projects).toEqual([]);
  });

  test('says where in the Score file a deployment found a problem, also afterwards', async () => {
    const { client } = await openControlPlane(transport);
    await prepare(client);
    const text = web.replace('settings.LOG_LEVEL', 'settings.LOG_LEVLE');
    const change = { kind: 'deploy', sources: [{ file: 'web.score.yaml', text }], images: { web: 'shop/web:1' } } as const;
    const planned = await client.call('plans.create', { ...ref, body: change });
    expect(planned.ok).toBe(false);
    expect(planned.diagnostics.map((each) => each.source)).toContainEqual(
      expect.objectContaining({ file: 'web.score.yaml', start: { line: 8, column: 18 } }),
    );
    const { number } = must(await client.call('deployments.create', { ...ref, body: { change } }));
    for await (const item of client.stream('deployments.events', { ...ref, number })) expect(item.ok).toBe(true);
    const ended = must(await client.call('deployments.show', { ...ref, number }));
    expect(ended.status).toBe('failed');
    expect(ended.diagnostics.map((each) => each.source?.start.line)).toContain(8);
    const steps = must(await client.call('deployments.steps', { ...ref, number }));
    expectOutput('deployments.steps', steps);
  });

  test('renders files to the same documents each time, without keeping anything', async () => {
    const { client } = await openControlPlane(transport);
    const body = { sources, images: { web: 'shop/web:1' }, values: { LOG_LEVEL: 'debug' }, seed: 'a seed' };
    const rendered = must(await client.call('files.render', { body }));
    expectOutput('files.render', rendered);
    expect(rendered.objects.map((each) => each.key)).toContainEqual(expect.stringMatching(/^apps\/Deployment:.*\/web$/));
    expect(must(await client.call('files.render', { body }))).toEqual(rendered);
    expect(must(await client.call('projects.list', {})).projects).toEqual([]);
  });
});

test('a stream under way ends when the server stops, without saying that it is complete', async () => {
  const { client, store, stop, baseUrl, token } = await openHttpPlane();
  await prepare(client);
  const request = { kind: 'deploy', workloads: [], remove: [], isWhole: false, deleteResources: [], rebind: [], reason: '' } as const;
  // Accepted, and carried out by nobody for as long as its lease lives.
  expect((await store.deployments.create({ ...ref, request }, { name: 'ada' })).value?.number).toBe(1);
  const url = `${baseUrl}/api/v1/projects/shop/environments/development/deployments/1/events`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('event: deployment.status');
  const [rest] = await Promise.all([reader?.read(), stop()]);
  expect(rest).toMatchObject({ done: true });
});
