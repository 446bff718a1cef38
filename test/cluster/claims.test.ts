import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { deploy, need, openTestInstallation, prepareEnvironment, ref, score, type TestInstallation } from '../deploy/support.ts';
import { ask, makeNamespace, patience } from './live.ts';
import { databasePath, installDatabases, removeDatabases, startClaimController, type Operation } from './tools/claim-controller.ts';

type Client = TestInstallation['client'];

let count = 0;

function platformOf(namespace: string, timeoutSeconds: number): string {
  const inputs = { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds };
  const outputs = {
    type: 'object',
    required: ['host', 'password'],
    properties: { host: { type: 'string' }, port: { type: 'integer' }, password: { type: 'string', writeOnly: true } },
  };
  const claim = {
    object: {
      apiVersion: 'tests.tutti.dev/v1',
      kind: 'Database',
      metadata: { name: '${resource.name}' },
      spec: { size: "${has(params.size) ? params.size : 'small'}" },
    },
    ready: "object.status.phase == 'Ready'",
    failed: "object.status.phase == 'Failed'",
    outputs: {
      host: { read: 'object.status.host' },
      port: 5432,
      password: { secret: { name: { read: 'object.status.secretName' }, key: 'password' } },
    },
  };
  const documents = [
    ['Target', 'cluster', { type: 'kubernetes', match: [{}], inputs }],
    ['ResourceType', 'database', { stateful: false, params: { type: 'object' }, outputs }],
    ['ResourceDefinition', 'claimed-database', { type: 'database', match: [{}], driver: 'kubernetes', inputs: claim }],
  ] as const;
  const write = ([kind, name, spec]: (typeof documents)[number]): string =>
    JSON.stringify({ apiVersion: 'tutti.dev/v1', kind, metadata: { name }, spec });
  return documents.map(write).join('\n---\n');
}

interface Scene {
  readonly client: Client;
  readonly namespace: string;
  readonly operation: Operation;
  readonly see: (path: string) => ReturnType<typeof ask>;
}

/** An environment in a namespace of its own, with an operator for the databases in it. No pod runs: nothing waits for a node. */
async function open(timeoutSeconds = 60): Promise<Scene> {
  const { client } = await openTestInstallation();
  const namespace = `claims-${process.pid}-${++count}`;
  await makeNamespace(namespace);
  const controller = startClaimController(inject('apiServer'), namespace);
  onTestFinished(async () => {
    controller.operation.letsGo = true;
    await ask('DELETE', databasePath(namespace));
    await expect.poll(async () => (await ask('GET', databasePath(namespace))).items, patience).toEqual([]);
    await controller.stop();
  });
  await prepareEnvironment(client, platformOf(namespace, timeoutSeconds));
  need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '0' } } }));
  return { client, namespace, operation: controller.operation, see: (path) => ask('GET', path.replace('NS', namespace)) };
}

function makeWeb(size = 'small') {
  return score({
    name: 'web',
    variables: { HOST: '${resources.db.host}', URL: 'db://app:${resources.db.password}@${resources.db.host}:${resources.db.port}' },
    resources: { db: { type: 'database', params: { size } } },
  });
}

const paths = {
  web: '/apis/apps/v1/namespaces/NS/deployments/web',
  secret: '/api/v1/namespaces/NS/secrets/web-env',
  claim: '/apis/tests.tutti.dev/v1/namespaces/NS/databases/db',
} as const;

/** What a container of `web` sees. */
async function readWeb({ see }: Pick<Scene, 'see'>) {
  const [container] = (await see(paths.web)).spec.template.spec.containers;
  const host = container.env.find(({ name }: { readonly name: string }) => name === 'HOST').value;
  const [url] = Object.values((await see(paths.secret)).data);
  return { host, url: Buffer.from(String(url), 'base64').toString('utf8') };
}

async function readVersions({ see }: Pick<Scene, 'see'>): Promise<readonly string[]> {
  const objects = await Promise.all(Object.values(paths).map(see));
  return objects.map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`);
}

beforeAll(() => installDatabases(inject('apiServer')));
afterAll(() => removeDatabases(inject('apiServer')));

describe('a database that an operator makes', () => {
  it('is waited for; what needs it gets the host from its status and the password from its Secret, and nobody else does', async () => {
    const scene = await open();
    const { client, operation, see } = scene;
    operation.isAtWork = false;
    const planned = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [makeWeb()] } }));
    expect(JSON.stringify(planned)).toContain('known after provisioning');
    const running = deploy(client, { sources: [makeWeb()] });
    await expect.poll(async () => (await see(paths.claim)).status?.phase, patience).toBe('Waiting');
    expect((await see(paths.web)).code).toBe(404);
    operation.isAtWork = true;
    const deployment = await running;
    expect(deployment).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(await readWeb(scene)).toEqual({ host: 'db.db.example', url: 'db://app:first-password@db.db.example:5432' });
    const shown = [planned, deployment, need(await client.call('resources.list', { ...ref }))];
    expect(JSON.stringify(shown)).not.toContain('first-password');
  });

  it('is left as it is by a deployment that changes nothing, and so is what needs it', async () => {
    const scene = await open();
    await deploy(scene.client, { sources: [makeWeb()] });
    const before = await readVersions(scene);
    expect(await deploy(scene.client, { sources: [makeWeb()] })).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(await readVersions(scene)).toEqual(before);
  });

  it('is reported where the operator cannot make it, with what its conditions say; nothing that needs it is begun', async () => {
    const scene = await open();
    const { client, namespace, see } = scene;
    const failed = await deploy(client, { sources: [makeWeb('impossible')] });
    expect(failed.status).toBe('failed');
    expect(failed.diagnostics.map(({ code }) => code)).toEqual(['T6211', 'T5104']);
    expect(failed.diagnostics[0]?.detail).toContain(`Database ${namespace}/db`);
    expect(failed.diagnostics[0]?.detail).toContain('there is no machine of the size impossible');
    expect((await see(paths.web)).code).toBe(404);
    expect(await deploy(client, { sources: [makeWeb('small')] })).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect((await readWeb(scene)).host).toBe('db.db.example');
  });

  it('that moves, and gets a new password, reaches what needs it with the next deployment', async () => {
    const scene = await open();
    const { client, operation, see } = scene;
    await deploy(client, { sources: [makeWeb()] });
    operation.domain = 'other.example';
    operation.password = 'second-password';
    await expect.poll(async () => (await see(paths.claim)).status.host, patience).toBe('db.other.example');
    const planned = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [makeWeb()] } }));
    expect(JSON.stringify(planned)).toContain('db.other.example');
    expect(JSON.stringify(planned)).not.toContain('second-password');
    expect((await deploy(client, { sources: [makeWeb()] })).status).toBe('succeeded');
    expect(await readWeb(scene)).toEqual({ host: 'db.other.example', url: 'db://app:second-password@db.other.example:5432' });
  });

  it('that will not go is reported with its finalizer, stays in mind, and goes later', async () => {
    const { client, operation, namespace, see } = await open(5);
    await deploy(client, { sources: [makeWeb()] });
    operation.letsGo = false;
    const held = await deploy(client, { remove: ['web'] });
    expect(held.diagnostics).toMatchObject([{ code: 'T6213', detail: expect.stringContaining(`Database ${namespace}/db`) }]);
    expect(held.diagnostics[0]?.detail).toContain('held by tests.tutti.dev/cleanup');
    expect((await see(paths.claim)).metadata.deletionTimestamp).toBeDefined();
    operation.letsGo = true;
    await expect.poll(async () => (await see(paths.claim)).code, patience).toBe(404);
    expect((await deploy(client, { remove: ['web'] })).status).toBe('succeeded');
    expect(need(await client.call('resources.list', { ...ref })).resources).toEqual([]);
  });
});

it('the database of the documentation is one that its operator knows', async () => {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'claims.md'), 'utf8');
  const [, definition = ''] = /```yaml\n(apiVersion: tutti[^]*?)```/.exec(text) ?? [];
  expect(definition).toContain('postgresql.cnpg.io/v1');
  const { client } = await openTestInstallation();
  const namespace = `claims-docs-${process.pid}`;
  await makeNamespace(namespace);
  const [target = ''] = platformOf(namespace, 60).split('\n---\n');
  await prepareEnvironment(client, `${target}\n---\n${definition}`);
  const variables = { URL: 'postgres://${resources.db.username}:${resources.db.password}@${resources.db.host}:${resources.db.port}' };
  const sources = [score({ name: 'web', variables, resources: { db: { type: 'postgres' } } })];
  const planned = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources } });
  expect(planned).toMatchObject({ ok: true, diagnostics: [] });
  expect(JSON.stringify(need(planned).plan.changes)).toContain('postgresql.cnpg.io/Cluster');
});
