import { readFile, writeFile } from 'node:fs/promises';
import { createServer, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { codesOf, deploy, need, openTestInstallation, prepareEnvironment, ref, score, type TestInstallation } from '../deploy/support.ts';
import { ask, makeNamespace, patience } from './live.ts';
import { makeFolder } from './support.ts';
import { call } from './tools/call.ts';

type Client = TestInstallation['client'];

let count = 0;

interface Preparation {
  readonly inputs?: object;
  readonly manifests?: (namespace: string) => readonly object[];
}

/** A target of its own, and a resource type `thing` that renders what the test wants. */
async function prepare(client: Client, { inputs = {}, manifests }: Preparation): Promise<string> {
  const namespace = `watching-${process.pid}-${++count}`;
  await makeNamespace(namespace);
  await prepareEnvironment(client, platformOf(namespace, inputs, manifests?.(namespace) ?? []));
  return namespace;
}

function platformOf(namespace: string, inputs: object, manifests: readonly object[]): string {
  const spec = { type: 'kubernetes', match: [{}], inputs: { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds: 30, ...inputs } };
  const target = { apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec };
  const type = { apiVersion: 'tutti.dev/v1', kind: 'ResourceType', metadata: { name: 'thing' }, spec: { stateful: false } };
  const definition = {
    apiVersion: 'tutti.dev/v1',
    kind: 'ResourceDefinition',
    metadata: { name: 'thing' },
    spec: { type: 'thing', match: [{}], driver: 'template', inputs: { manifests }, allowScope: { cluster: true } },
  };
  return [target, type, definition].map((document) => JSON.stringify(document)).join('\n---\n');
}

const user = score({ name: 'web', resources: { thing: { type: 'thing' } } });

/** A kind of the test's own, and one object of it. */
function gadget(namespace: string, annotations: object = {}): readonly [object, object] {
  const group = `${namespace}.tests.tutti.dev`;
  const schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } };
  const names = { plural: 'gadgets', singular: 'gadget', kind: 'Gadget' };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `gadgets.${group}` },
    spec: { group, scope: 'Namespaced', names, versions: [version] },
  };
  return [definition, { apiVersion: `${group}/v1`, kind: 'Gadget', metadata: { name: 'one', annotations }, spec: { size: 1 } }];
}

const gadgetPath = (namespace: string): string => `/apis/${namespace}.tests.tutti.dev/v1/namespaces/${namespace}/gadgets/one`;

function setStatus(namespace: string, status: object) {
  return call(inject('apiServer'), 'PATCH', gadgetPath(namespace), { body: { status }, type: 'application/merge-patch+json' });
}

function removeLater(namespace: string): void {
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gadgets.${namespace}.tests.tutti.dev`;
  onTestFinished(async () => void (await ask('DELETE', path)));
}

const rules = { 'tutti.dev/ready-when': "object.status.phase == 'Bound'", 'tutti.dev/failed-when': "object.status.phase == 'Error'" };

async function asleep(client: Client): Promise<void> {
  need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '0' } } }));
}

describe('waiting for what is applied', () => {
  it('waits for a definition before what it defines, also within one resource, and then for its rule', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client, { manifests: (name) => gadget(name, rules) });
    removeLater(namespace);
    await asleep(client);
    const running = deploy(client, { sources: [user] });
    await expect.poll(async () => (await setStatus(namespace, { phase: 'Pending' })).status, patience).toBe(200);
    const web = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
    expect((await call(inject('apiServer'), 'GET', web)).status).toBe(404);
    await setStatus(namespace, { phase: 'Bound' });
    expect(await running).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect((await call(inject('apiServer'), 'GET', web)).status).toBe(200);
    expect((await ask('GET', gadgetPath(namespace))).metadata.annotations).toMatchObject(rules);
  });

  it('ends as soon as its rule says that it has failed, and says what the object says', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client, { manifests: (name) => gadget(name, rules) });
    removeLater(namespace);
    const running = deploy(client, { sources: [user] });
    const conditions = [{ type: 'Ready', status: 'False', reason: 'NoSpace', message: 'the disk is full' }];
    await expect.poll(async () => (await setStatus(namespace, { phase: 'Error', conditions })).status, patience).toBe(200);
    const { status, diagnostics } = await running;
    expect(status).toBe('failed');
    expect(diagnostics[0]).toMatchObject({ code: 'T6211', detail: expect.stringContaining(`Gadget ${namespace}/one`) });
    expect(diagnostics[0]?.detail).toContain('the disk is full');
  });

  it('takes the rule of the target for a kind, and says at the deadline what of it is not there yet', async () => {
    const { client } = await openTestInstallation();
    const readiness = [{ kind: 'Gadget', ready: "object.status.address != ''" }];
    const namespace = await prepare(client, { inputs: { readiness, timeoutSeconds: 2 }, manifests: (name) => gadget(name) });
    removeLater(namespace);
    const { diagnostics } = await deploy(client, { sources: [user] });
    expect(diagnostics[0]).toMatchObject({ code: 'T6212', detail: expect.stringContaining('`object` has no "status"') });
  });

  it('refuses a rule that is no expression: of an object in the plan, of a target when it is loaded', async () => {
    const { client } = await openTestInstallation();
    await prepare(client, { manifests: (name) => gadget(name, { 'tutti.dev/ready-when': 'object.status.phase =' }) });
    const planned = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [user] } });
    expect(codesOf(planned)).toContain('T6215');
    const text = platformOf('any', { readiness: [{ kind: 'Gadget', ready: 'status.phase' }] }, []);
    const release = await client.call('releases.create', { body: { files: [{ file: 'platform.yaml', text }] } });
    expect(release.diagnostics).toMatchObject([{ code: 'T6215', place: { file: 'platform.yaml' } }]);
  });
});

interface AuditEvent {
  readonly auditID: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent: string;
}

/** What tutti has asked of the objects of a kind in a namespace: verbs, without what it wrote. */
async function listReads(namespace: string, resource: string): Promise<readonly string[]> {
  const lines = (await readFile(inject('auditLog'), 'utf8')).split('\n').filter((line) => line.includes(`/${namespace}/${resource}`));
  const events = lines.map((line): AuditEvent => JSON.parse(line));
  const reads = events.filter(({ verb, userAgent }) => userAgent === 'tutti' && verb !== 'patch');
  // A watch is told of when it begins and when it ends.
  return [...new Map(reads.map(({ auditID, verb }) => [auditID, verb])).values()];
}

/** Something that takes a while, and a test that looks on. */
async function spend(ms: number): Promise<void> {
  const end = Date.now() + ms;
  await expect.poll(() => Date.now(), { timeout: ms + 5000, interval: 100 }).toBeGreaterThan(end);
}

/** A way to the API server that can be cut; the kubeconfig that leads through it. */
async function openDetour() {
  const { hostname, port } = new URL(inject('apiServer').url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    server.close();
    cut();
  });
  const address = server.address();
  const config = JSON.parse(await readFile(inject('kubeconfig'), 'utf8'));
  config.clusters[0].cluster.server = `https://${hostname}:${Object(address).port}`;
  const kubeconfig = join(await makeFolder(), 'kubeconfig');
  await writeFile(kubeconfig, JSON.stringify(config));
  return { kubeconfig, cut };
}

describe('what is waited for is watched', () => {
  it('by one watch, however long it takes: nobody is asked again and again', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client, { manifests: (name) => gadget(name, rules) });
    removeLater(namespace);
    await asleep(client);
    const running = deploy(client, { sources: [user] });
    await expect.poll(async () => (await setStatus(namespace, { phase: 'Pending' })).status, patience).toBe(200);
    const before = (await listReads(namespace, 'gadgets')).length;
    await spend(6000);
    await setStatus(namespace, { phase: 'Bound' });
    expect(await running).toMatchObject({ status: 'succeeded', diagnostics: [] });
    const reads = await listReads(namespace, 'gadgets');
    expect(reads.filter((verb) => verb === 'watch')).toHaveLength(1);
    // The first look and the list may come after the first count; a look at the end, and none in between.
    expect(reads.length - before).toBeLessThanOrEqual(4);
  });

  it('also over a connection that is lost', async () => {
    const { client } = await openTestInstallation();
    const { kubeconfig, cut } = await openDetour();
    const namespace = await prepare(client, { inputs: { kubeconfig }, manifests: (name) => gadget(name, rules) });
    removeLater(namespace);
    await asleep(client);
    const running = deploy(client, { sources: [user] });
    await expect.poll(async () => (await setStatus(namespace, { phase: 'Pending' })).status, patience).toBe(200);
    await spend(1000);
    cut();
    await spend(1000);
    cut();
    await setStatus(namespace, { phase: 'Bound' });
    expect(await running).toMatchObject({ status: 'succeeded', diagnostics: [] });
  });

  it('and looked at where the account may not watch', async () => {
    const { client } = await openTestInstallation();
    const account = `reader-${process.pid}`;
    const [definition] = gadget(`watching-${process.pid}-${count + 1}`);
    await ask('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    const namespace = await prepare(client, {
      inputs: { impersonate: { user: account } },
      manifests: (name) => gadget(name, rules).slice(1),
    });
    removeLater(namespace);
    await asleep(client);
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
    const verbs = ['get', 'create', 'patch', 'delete'];
    await ask('POST', `${rbac}/roles`, { metadata: { name: 'reader' }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs }] });
    await ask('POST', `${rbac}/rolebindings`, {
      metadata: { name: 'reader' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'User', name: account, apiGroup: 'rbac.authorization.k8s.io' }],
    });
    const running = deploy(client, { sources: [user] });
    await expect.poll(async () => (await setStatus(namespace, { phase: 'Pending' })).status, patience).toBe(200);
    await spend(1000);
    await setStatus(namespace, { phase: 'Bound' });
    expect(await running).toMatchObject({ status: 'succeeded' });
  });
});
