import { readFile } from 'node:fs/promises';
import { expect, inject, it, onTestFinished } from 'vitest';
import { deploy, need, openTestInstallation, prepareEnvironment, ref, score, type TestInstallation } from '../deploy/support.ts';
import { ask, makeNamespace } from './live.ts';
import { call } from './tools/call.ts';

type Client = TestInstallation['client'];

let count = 0;

async function prepare(client: Client, more: object = {}): Promise<string> {
  const namespace = `drift-${process.pid}-${++count}`;
  await makeNamespace(namespace);
  const inputs = { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds: 20, ...more };
  const spec = { type: 'kubernetes', match: [{}], inputs };
  await prepareEnvironment(client, JSON.stringify({ apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec }));
  need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '0' } } }));
  need(await client.call('secrets.set', { ...ref, key: 'PASSWORD', body: { value: 'correct-horse-battery' } }));
  onTestFinished(async () => void (await ask('DELETE', `/api/v1/namespaces/${namespace}`)));
  return namespace;
}

const web = score({ name: 'web', variables: { LEVEL: 'info' } });

async function edit(path: string, manager: string, body: object): Promise<void> {
  const type = 'application/strategic-merge-patch+json';
  const answer = await call(inject('apiServer'), 'PATCH', `${path}?fieldManager=${manager}`, { body, type });
  expect(answer.status).toBe(200);
}

it('says which fields differ, whose they are and since when; and sets them right', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client);
  expect(await deploy(client, { sources: [web] })).toMatchObject({ status: 'succeeded' });
  expect(need(await client.call('drift.show', ref))).toMatchObject({ objects: [], strays: [] });
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
  await edit(path, 'nightly-job', { spec: { template: { spec: { terminationGracePeriodSeconds: 7 } }, minReadySeconds: 3 } });
  await edit(path, 'kubectl-edit', { spec: { template: { spec: { containers: [{ name: 'main', image: 'elsewhere/image:9' }] } } } });
  const { objects } = need(await client.call('drift.show', ref));
  expect(objects).toMatchObject([{ key: `apps/Deployment:${namespace}/web`, kind: 'changed', node: 'workload.default#web' }]);
  const image = objects[0]?.fields.find((each) => each.path.endsWith('/image'));
  expect(image).toMatchObject({ live: 'elsewhere/image:9', owner: 'kubectl-edit', since: expect.stringMatching(/^\d{4}-/) });
  expect(await deploy(client, {})).toMatchObject({ status: 'succeeded' });
  expect(need(await client.call('drift.show', ref)).objects).toEqual([]);
  const { spec } = await ask('GET', path);
  // What nobody here says anything of is theirs to keep.
  expect(spec).toMatchObject({ minReadySeconds: 3, template: { spec: { containers: [{ image: image?.wanted }] } } });
});

it('leaves what somebody has accepted as others set it, through further deployments, until it is taken back', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client);
  expect(await deploy(client, { sources: [web] })).toMatchObject({ status: 'succeeded' });
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
  await edit(path, 'kubectl-edit', { spec: { template: { spec: { containers: [{ name: 'main', image: 'elsewhere/image:9' }] } } } });
  const [drifted] = need(await client.call('drift.show', ref)).objects;
  const body = { key: drifted?.key ?? '', paths: drifted?.fields.map((each) => each.path) ?? [] };
  need(await client.call('drift.accept', { ...ref, body }));
  expect(need(await client.call('drift.show', ref)).objects).toEqual([]);
  const imageOf = async () => (await ask('GET', path)).spec.template.spec.containers[0].image;
  expect(await deploy(client, { sources: [score({ name: 'web', variables: { LEVEL: 'debug' } })] })).toMatchObject({ status: 'succeeded' });
  expect(await imageOf()).toBe('elsewhere/image:9');
  expect((await ask('GET', path)).spec.template.spec.containers[0].env).toContainEqual({ name: 'LEVEL', value: 'debug' });
  need(await client.call('drift.accept', { ...ref, body: { ...body, paths: [] } }));
  expect(need(await client.call('drift.show', ref)).objects).toHaveLength(1);
  expect(await deploy(client, {})).toMatchObject({ status: 'succeeded' });
  expect(await imageOf()).not.toBe('elsewhere/image:9');
  expect(await client.call('drift.accept', { ...ref, body: { key: 'apps/Deployment:x/wed', paths: ['/spec'] } })).toMatchObject({
    code: 'T7201',
  });
});

it('ignores the fields that the target leaves to others, whoever sets them', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client, { ignore: [{ kind: 'Deployment', paths: ['/spec/template/spec/containers/*/image'] }] });
  expect(await deploy(client, { sources: [web] })).toMatchObject({ status: 'succeeded' });
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
  await edit(path, 'image-updater', { spec: { template: { spec: { containers: [{ name: 'main', image: 'web:2' }] } } } });
  expect(need(await client.call('drift.show', ref)).objects).toEqual([]);
  expect(await deploy(client, { sources: [score({ name: 'web', variables: { LEVEL: 'debug' } })] })).toMatchObject({ status: 'succeeded' });
  expect((await ask('GET', path)).spec.template.spec.containers[0].image).toBe('web:2');
});

it('gives up a field for a while that something else writes again and again, and says who it is', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client);
  expect(await deploy(client, { sources: [web] })).toMatchObject({ status: 'succeeded' });
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
  const image = async () => (await ask('GET', path)).spec.template.spec.containers[0].image;
  const ours = await image();
  const write = () => edit(path, 'tuner', { spec: { template: { spec: { containers: [{ name: 'main', image: 'elsewhere/image:9' }] } } } });
  for (let time = 0; time < 3; time++) {
    await write();
    expect(await deploy(client, {})).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(await image()).toBe(ours);
  }
  await write();
  expect(await deploy(client, {})).toMatchObject({
    status: 'succeeded',
    diagnostics: [{ code: 'T6217', detail: expect.stringMatching(/image.*"tuner" has written it again/) }],
  });
  expect(await image()).toBe('elsewhere/image:9');
  expect(need(await client.call('drift.show', ref)).objects).toHaveLength(1);
  expect(await deploy(client, { sources: [score({ name: 'web', variables: { LEVEL: 'debug' } })] })).toMatchObject({ diagnostics: [] });
  expect(await image()).toBe(ours);
});

it('tells what is gone, what is somebody else’s now, what nobody knows; and shows no secret', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client);
  const withSecret = score({
    name: 'web',
    variables: { PASSWORD: '${resources.settings.PASSWORD}' },
    resources: { settings: { type: 'environment' } },
  });
  expect(await deploy(client, { sources: [withSecret] })).toMatchObject({ status: 'succeeded' });
  const keys = need(await client.call('environments.status', ref)).objects.map(({ key }) => key);
  const secretKey = keys.find((key) => key.startsWith('/Secret:')) ?? '';
  const secretPath = `/api/v1/namespaces/${namespace}/secrets/${secretKey.split('/').at(-1)}`;
  const { data } = await ask('GET', secretPath);
  const changed = Object.fromEntries(Object.keys(Object(data)).map((name) => [name, Buffer.from('changed-by-hand').toString('base64')]));
  await edit(secretPath, 'kubectl-edit', { data: changed });
  const { metadata, spec } = await ask('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/web`);
  const { 'tutti.dev/set': set } = metadata.labels;
  await ask('DELETE', `/apis/apps/v1/namespaces/${namespace}/deployments/web`);
  const makeConfig = (name: string, id: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: { 'tutti.dev/set': set }, annotations: { 'tutti.dev/id': id } },
  });
  await ask('POST', `/api/v1/namespaces/${namespace}/configmaps`, makeConfig('copy', `apps/Deployment:${namespace}/web`));
  const drift = need(await client.call('drift.show', ref));
  expect(drift.objects.map(({ key, kind }) => `${kind} ${key}`)).toEqual([
    `changed ${secretKey}`,
    `missing apps/Deployment:${namespace}/web`,
  ]);
  expect(drift.objects[0]?.fields[0]).toMatchObject({ live: '‹secret›', wanted: '‹secret›', owner: 'kubectl-edit' });
  expect(JSON.stringify(drift)).not.toMatch(/correct-horse|Y29ycmVjdC|changed-by-hand/);
  expect(spec).toBeDefined();
  expect(await deploy(client, {})).toMatchObject({ status: 'succeeded' });
  expect(need(await client.call('drift.show', ref)).objects).toEqual([]);
});

interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
}

it('reads many objects by a list for each kind, and none of them one by one', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client);
  const names = Array.from({ length: 12 }, (_, index) => `w${index}`);
  need(await client.call('values.change', { ...ref, body: { set: Object.fromEntries(names.map((name) => [`${name}.replicas`, '0'])) } }));
  expect(await deploy(client, { sources: names.map((name) => score({ name })) })).toMatchObject({ status: 'succeeded' });
  const list = async () => {
    const lines = (await readFile(inject('auditLog'), 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line): AuditEvent => JSON.parse(line)).filter(({ requestURI }) => requestURI.includes(`/namespaces/${namespace}`));
  };
  const before = (await list()).length;
  const drift = need(await client.call('drift.show', ref));
  expect(drift).toMatchObject({ objects: [] });
  expect(drift.looked).toBeGreaterThanOrEqual(24);
  const asked = (await list()).slice(before);
  expect(asked.length).toBeLessThanOrEqual(6);
  expect(asked.filter(({ verb }) => verb === 'list').length).toBeGreaterThanOrEqual(1);
});
