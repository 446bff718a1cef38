import { describe, expect, inject, it } from 'vitest';
import { deploy, need, openTestInstallation, prepareEnvironment, ref, score, type TestInstallation } from '../deploy/support.ts';
import { call } from './tools/call.ts';

type Client = TestInstallation['client'];

/** Nothing runs behind the API server: what has replicas would never be ready. */
const asleep = { 'web.replicas': '0', 'api.replicas': '0' };

let count = 0;

/** A target of its own for each test, so that none sees another's objects. */
function targetDocument(inputs: Readonly<Record<string, unknown>> = {}): string {
  return `apiVersion: tutti.dev/v1
kind: Target
metadata: {name: cluster}
spec:
  type: kubernetes
  match: [{}]
  inputs: ${JSON.stringify({ kubeconfig: inject('kubeconfig'), timeoutSeconds: 5, namespace: `deploy-${process.pid}-${count}`, ...inputs })}
`;
}

async function prepare(client: Client, inputs: Readonly<Record<string, unknown>> = {}): Promise<string> {
  count++;
  await prepareEnvironment(client, targetDocument(inputs));
  need(await client.call('values.change', { ...ref, body: { set: asleep } }));
  const namespace = `deploy-${process.pid}-${count}`;
  const created = await ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  expect(created.status).toBe(201);
  return namespace;
}

function ask(method: string, path: string, body?: unknown, type?: string) {
  return call(inject('apiServer'), method, path, { ...(body !== undefined && { body }), ...(type !== undefined && { type }) });
}

interface LiveObject {
  readonly metadata: {
    readonly uid: string;
    readonly resourceVersion: string;
    readonly annotations: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
}

async function read(path: string): Promise<LiveObject | undefined> {
  const { status, body } = await ask('GET', path);
  return status === 200 && isLive(body) ? body : undefined;
}

function isLive(body: unknown): body is LiveObject {
  return typeof body === 'object' && body !== null && 'metadata' in body;
}

const web = score({ name: 'web', variables: { LEVEL: 'info' } });

async function effective(client: Client, body: object) {
  const { plan } = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', ...body } }));
  return plan.changes
    .filter(({ action }) => action !== 'unchanged')
    .map(({ action, subject }) => `${action} ${subject.kind === 'object' ? subject.key : subject.kind}`);
}

describe('a deployment to a cluster', () => {
  it('writes what is planned, says of each object what it is, and writes nothing the second time', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    const first = await deploy(client, { sources: [web] });
    expect(first).toMatchObject({ status: 'succeeded', location: inject('apiServer').url });
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
    const before = await read(path);
    expect(before?.metadata.annotations['tutti.dev/id']).toBe(`apps/Deployment:${namespace}/web`);
    expect(await effective(client, { sources: [web] })).toEqual([]);
    expect((await deploy(client, { sources: [web] })).status).toBe('succeeded');
    expect((await read(path))?.metadata.resourceVersion).toBe(before?.metadata.resourceVersion);
  });

  it('changes what has changed, removes what goes, and nothing else', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await deploy(client, { sources: [web, score({ name: 'api' })] });
    const service = await read(`/api/v1/namespaces/${namespace}/services/web`);
    await deploy(client, { sources: [score({ name: 'web', variables: { LEVEL: 'debug' } })] });
    expect((await read(`/api/v1/namespaces/${namespace}/services/web`))?.metadata.resourceVersion).toBe(service?.metadata.resourceVersion);
    expect(JSON.stringify(await read(`/apis/apps/v1/namespaces/${namespace}/deployments/web`))).toContain('debug');
    expect((await deploy(client, { remove: ['api'] })).status).toBe('succeeded');
    expect(await read(`/apis/apps/v1/namespaces/${namespace}/deployments/api`)).toBeUndefined();
    expect(await read(`/apis/apps/v1/namespaces/${namespace}/deployments/web`)).toBeDefined();
  });

  it('sees what somebody else has changed, and puts it right', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await deploy(client, { sources: [web] });
    const path = `/api/v1/namespaces/${namespace}/services/web`;
    await ask(
      'PATCH',
      path,
      { spec: { ports: [{ name: 'http', port: 80, targetPort: 9999, protocol: 'TCP' }] } },
      'application/strategic-merge-patch+json',
    );
    expect(await effective(client, { sources: [web] })).toEqual(['update workload', `update /Service:${namespace}/web`]);
    expect((await deploy(client, { sources: [web] })).status).toBe('succeeded');
    expect(JSON.stringify(await read(path))).not.toContain('9999');
    expect(await effective(client, { sources: [web] })).toEqual([]);
  });

  it('leaves alone what others add to its objects', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await deploy(client, { sources: [web] });
    await ask(
      'PATCH',
      `/api/v1/namespaces/${namespace}/services/web`,
      { metadata: { labels: { 'example.com/team': 'blue' } } },
      'application/merge-patch+json',
    );
    expect(await effective(client, { sources: [web] })).toEqual([]);
  });

  it('refuses to overwrite what it has not made, and takes it over when it is asked to', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await ask('POST', `/api/v1/namespaces/${namespace}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { ports: [{ port: 1 }] },
    });
    const answer = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web] } });
    expect(answer.diagnostics.map(({ code }) => code)).toEqual(['T6210']);
    need(await client.call('releases.create', { body: { files: [{ file: 'platform.yaml', text: targetDocument({ adopt: true }) }] } }));
    const rollout = await client.call('plans.create', { ...ref, body: { kind: 'rollout' } });
    expect(rollout.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('does not remove a copy that somebody made with all its labels', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client);
    await deploy(client, { sources: [web, score({ name: 'api' })] });
    const path = `/api/v1/namespaces/${namespace}/services`;
    const original = await read(`${path}/api`);
    await ask('DELETE', `${path}/api`);
    await ask('POST', path, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api', labels: original?.metadata.labels, annotations: original?.metadata.annotations },
      spec: { ports: [{ port: 1 }] },
    });
    await deploy(client, { remove: ['api'] });
    expect(await read(`${path}/api`)).toBeDefined();
  });

  it('says what is not ready, and goes on where it was', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client, { timeoutSeconds: 1 });
    need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '1' } } }));
    const failed = await deploy(client, { sources: [web] });
    expect(failed.status).toBe('failed');
    expect(failed.diagnostics).toMatchObject([{ code: 'T6212', detail: expect.stringContaining(`Deployment ${namespace}/web`) }]);
    need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '0' } } }));
    expect((await deploy(client, { sources: [web] })).status).toBe('succeeded');
  });

  it('says which context is not there', async () => {
    const { client } = await openTestInstallation();
    await prepare(client, { context: 'nowhere' });
    const answer = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web] } });
    expect(answer.diagnostics.map(({ code }) => code)).toEqual(['T6214']);
  });
});
