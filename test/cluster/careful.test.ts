import { readFile } from 'node:fs/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { codesOf, deploy, need, openTestInstallation, prepareEnvironment, ref, score, type TestInstallation } from '../deploy/support.ts';
import { ask, makeNamespace } from './live.ts';
import { call } from './tools/call.ts';

type Client = TestInstallation['client'];

let count = 0;

function targetDocument(namespace: string): string {
  const inputs = { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds: 3 };
  const spec = { type: 'kubernetes', match: [{}], inputs };
  return JSON.stringify({ apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec });
}

async function prepare(client: Client): Promise<string> {
  const namespace = `careful-${process.pid}-${++count}`;
  await makeNamespace(namespace);
  await prepareEnvironment(client, targetDocument(namespace));
  need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '0', 'api.replicas': '0' } } }));
  return namespace;
}

const web = score({ name: 'web', variables: { LEVEL: 'info' } });
const api = score({ name: 'api' });

interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
}

/** Requests of the tests' own user to a namespace that would write, if the server took them. */
async function listWrites(namespace: string): Promise<readonly string[]> {
  const lines = (await readFile(inject('auditLog'), 'utf8')).split('\n').filter((line) => line !== '');
  const events = lines.map((line): AuditEvent => JSON.parse(line));
  const writes = events.filter(({ verb, requestURI }) => !['get', 'list', 'watch'].includes(verb) && !requestURI.includes('dryRun=All'));
  return writes.filter(({ requestURI }) => requestURI.includes(`/${namespace}/`)).map(({ verb, requestURI }) => `${verb} ${requestURI}`);
}

describe('a careful target', () => {
  it('writes nothing while it plans', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web, api] } }));
    expect(await listWrites(namespace)).toEqual([]);
    await deploy(client, { sources: [web] });
    const written = await listWrites(namespace);
    expect(written.length).toBeGreaterThan(0);
    need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web, api] } }));
    expect(await listWrites(namespace)).toEqual(written);
  });

  it('removes nothing where nothing at all is rendered', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await deploy(client, { sources: [web, api] });
    const written = await listWrites(namespace);
    const none = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [], only: true } });
    expect(codesOf(none)).toEqual(['T8017']);
    const less = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [api], only: true } }));
    expect(less.plan.brakes).toMatchObject([{ kind: 'deletions' }]);
    const unconfirmed = await client.call('deployments.create', { ...ref, body: { plan: less.id } });
    expect(unconfirmed.ok).toBe(false);
    expect(await listWrites(namespace)).toEqual(written);
  });

  it('refuses an object of another environment before it writes anything', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await deploy(client, { sources: [web] });
    const written = await listWrites(namespace);
    need(await client.call('environments.create', { project: ref.project, body: { environment: 'second', type: 'staging' } }));
    const answer = await client.call('plans.create', {
      project: ref.project,
      environment: 'second',
      body: { kind: 'deploy', sources: [web] },
    });
    expect(new Set(codesOf(answer).filter((code) => code !== 'T6210'))).toContain('T6209');
    expect(await listWrites(namespace)).toEqual(written);
  });

  it('knows what another installation made for an environment of the same name', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await deploy(client, { sources: [web] });
    const written = await listWrites(namespace);
    const second = await openTestInstallation();
    await prepareEnvironment(second.client, targetDocument(namespace));
    const answer = await second.client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web] } });
    expect(new Set(codesOf(answer))).toEqual(new Set(['T6209']));
    expect(await listWrites(namespace)).toEqual(written);
  });

  it('keeps in mind what it may not remove, and removes it when it may', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await deploy(client, { sources: [web, api] });
    const allow = await forbidRemoval(namespace);
    const refused = await deploy(client, { remove: ['api'] });
    expect(refused.diagnostics).toMatchObject([{ code: 'T6206', detail: expect.stringContaining('nothing goes from here') }]);
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/api`;
    expect((await call(inject('apiServer'), 'GET', path)).status).toBe(200);
    await allow();
    expect(await deploy(client, { remove: ['api'] })).toMatchObject({ status: 'succeeded' });
    expect((await call(inject('apiServer'), 'GET', path)).status).toBe(404);
  });

  it('names the finalizer that holds what is to go', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await deploy(client, { sources: [web, api] });
    const path = `/api/v1/namespaces/${namespace}/services/api`;
    const merge = (finalizers: readonly string[]) =>
      call(inject('apiServer'), 'PATCH', path, { body: { metadata: { finalizers } }, type: 'application/merge-patch+json' });
    await merge(['example.com/hold']);
    const held = await deploy(client, { remove: ['api'] });
    const problem = held.diagnostics.find(({ code }) => code === 'T6213');
    expect(problem?.detail).toContain('example.com/hold');
    await merge([]);
    expect((await call(inject('apiServer'), 'GET', path)).status).toBe(404);
  });
});

/** A rule of the API server that refuses the removal of Deployments in a namespace, until it is taken away. */
async function forbidRemoval(namespace: string): Promise<() => Promise<void>> {
  const root = '/apis/admissionregistration.k8s.io/v1';
  const spec = {
    failurePolicy: 'Fail',
    matchConstraints: {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['DELETE'], resources: ['deployments'] }],
    },
    validations: [{ expression: 'false', message: 'nothing goes from here' }],
  };
  await ask('POST', `${root}/validatingadmissionpolicies`, { metadata: { name: namespace }, spec });
  const binding = { policyName: namespace, validationActions: ['Deny'] };
  await ask('POST', `${root}/validatingadmissionpolicybindings`, { metadata: { name: namespace }, spec: binding });
  const attempt = `/apis/apps/v1/namespaces/${namespace}/deployments/web?dryRun=All`;
  await expect.poll(async () => (await call(inject('apiServer'), 'DELETE', attempt)).status, { timeout: 20_000 }).not.toBe(200);
  const end = async (): Promise<void> => {
    await ask('DELETE', `${root}/validatingadmissionpolicybindings/${namespace}`);
    await ask('DELETE', `${root}/validatingadmissionpolicies/${namespace}`);
    await expect.poll(async () => (await call(inject('apiServer'), 'DELETE', attempt)).status, { timeout: 20_000 }).toBe(200);
  };
  onTestFinished(async () => void (await ask('DELETE', `${root}/validatingadmissionpolicybindings/${namespace}`)));
  return end;
}
