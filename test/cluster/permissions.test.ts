import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { codesOf, deploy, need, openTestInstallation, prepareEnvironment, ref, score } from '../deploy/support.ts';
import { makeFolder } from './support.ts';
import { call } from './tools/call.ts';

const page = join(import.meta.dirname, '..', '..', 'docs', 'kubernetes.md');

/** The Role of the documentation, as it stands there. */
async function readDocumentedRole(): Promise<{ readonly rules: readonly unknown[] }> {
  const blocks = (await readFile(page, 'utf8')).matchAll(/```yaml\n([\s\S]*?)```/g);
  const role = [...blocks]
    .map(([, text = '']): { kind: string; rules: readonly unknown[] } => parse(text))
    .find(({ kind }) => kind === 'Role');
  if (!role) throw new Error('docs/kubernetes.md has no Role');
  return role;
}

async function create(path: string, body: object): Promise<Readonly<Record<string, { readonly token?: string }>>> {
  const answer = await call(inject('apiServer'), 'POST', path, { body });
  expect(answer).toMatchObject({ status: 201 });
  return Object(answer.body);
}

/** A kubeconfig of an account that may do nothing but what its role says. */
async function makeAccount(namespace: string, rules: readonly unknown[]): Promise<string> {
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  await create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await create(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name: 'tutti' } });
  await create(`${rbac}/roles`, { metadata: { name: 'tutti' }, rules });
  await create(`${rbac}/rolebindings`, {
    metadata: { name: 'tutti' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'tutti' },
    subjects: [{ kind: 'ServiceAccount', name: 'tutti', namespace }],
  });
  const { status } = await create(`/api/v1/namespaces/${namespace}/serviceaccounts/tutti/token`, { spec: { expirationSeconds: 3600 } });
  const config: { users: unknown } = JSON.parse(await readFile(inject('kubeconfig'), 'utf8'));
  const path = join(await makeFolder(), 'kubeconfig');
  await writeFile(path, JSON.stringify({ ...config, users: [{ name: 'admin', user: { token: status?.token } }] }), { mode: 0o600 });
  return path;
}

function targetDocument(inputs: object): string {
  const spec = { type: 'kubernetes', match: [{}], inputs: { timeoutSeconds: 5, ...inputs } };
  return JSON.stringify({ apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec });
}

const web = score({ name: 'web', variables: { LEVEL: 'info' } });

describe('an account with few permissions', () => {
  it('deploys, changes, looks and removes with those of the documentation', async () => {
    const namespace = `permissions-${process.pid}`;
    const kubeconfig = await makeAccount(namespace, (await readDocumentedRole()).rules);
    const { client } = await openTestInstallation();
    await prepareEnvironment(client, targetDocument({ kubeconfig, namespace }));
    need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '0', 'api.replicas': '0' } } }));
    expect(await deploy(client, { sources: [web, score({ name: 'api' })] })).toMatchObject({ status: 'succeeded' });
    const seen = need(await client.call('environments.status', ref));
    expect(seen).toMatchObject({ health: 'healthy' });
    expect(need(await client.call('drift.show', ref))).toMatchObject({ objects: [], strays: [], looked: seen.objects.length });
    expect(need(await client.call('runtime.list', ref))).toMatchObject({ instances: [] });
    need(await client.call('runtime.restart', { ...ref, body: { workload: 'web' } }));
    expect(await deploy(client, { remove: ['api'] })).toMatchObject({ status: 'succeeded' });
    const gone = await call(inject('apiServer'), 'GET', `/apis/apps/v1/namespaces/${namespace}/deployments/api`);
    expect(gone.status).toBe(404);
  });

  it('learns from the plan what it may not do', async () => {
    const namespace = `permissions-none-${process.pid}`;
    const kubeconfig = await makeAccount(namespace, [{ apiGroups: [''], resources: ['*'], verbs: ['get', 'list', 'create', 'patch'] }]);
    const { client } = await openTestInstallation();
    await prepareEnvironment(client, targetDocument({ kubeconfig, namespace }));
    const answer = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web] } });
    expect(codesOf(answer)).toEqual(['T6204']);
    expect(answer.diagnostics[0]?.detail).toContain(`Deployment ${namespace}/web`);
  });

  it('acts as whom the target says, and as nobody where it does not say', async () => {
    const { client } = await openTestInstallation();
    const namespace = `permissions-as-${process.pid}`;
    await create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    const inputs = { kubeconfig: inject('kubeconfig'), namespace, impersonate: { user: 'nobody@example.com', groups: ['guests'] } };
    await prepareEnvironment(client, targetDocument(inputs));
    const answer = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web] } });
    expect(answer.diagnostics[0]).toMatchObject({ code: 'T6204', detail: expect.stringContaining('nobody@example.com') });
  });
});
