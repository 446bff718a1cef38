import { readFile } from 'node:fs/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { codesOf, deploy, need, openTestInstallation, prepareEnvironment, ref, score, type TestInstallation } from '../deploy/support.ts';
import { ask, makeNamespace, patience } from './live.ts';
import { call } from './tools/call.ts';

type Client = TestInstallation['client'];

let count = 0;

/** A resource type `thing` of one manifest, in which `${params.what}` may stand. */
async function prepare(client: Client, manifest: object): Promise<string> {
  const namespace = `recreate-${process.pid}-${++count}`;
  await makeNamespace(namespace);
  const spec = { type: 'kubernetes', match: [{}], inputs: { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds: 5 } };
  const target = { apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec };
  const type = { apiVersion: 'tutti.dev/v1', kind: 'ResourceType', metadata: { name: 'thing' }, spec: { stateful: false } };
  const inputs = { manifests: [manifest] };
  const definition = {
    apiVersion: 'tutti.dev/v1',
    kind: 'ResourceDefinition',
    metadata: { name: 'thing' },
    spec: { type: 'thing', match: [{}], driver: 'template', inputs, allowScope: { cluster: true } },
  };
  await prepareEnvironment(client, [target, type, definition].map((document) => JSON.stringify(document)).join('\n---\n'));
  need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '0' } } }));
  return namespace;
}

/** A workload whose resource is rendered with the given text. */
const using = (what: string) => score({ name: 'web', resources: { thing: { type: 'thing', params: { what } } } });

async function plan(client: Client, what: string) {
  return client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [using(what)] } });
}

/** Whatever stands at a path: its uid, so that it is seen when it was made anew. */
async function uidOf(path: string): Promise<string> {
  return (await ask('GET', path)).metadata?.uid ?? 'absent';
}

const pod = { containers: [{ name: 'main', image: 'example/app:${params.what}' }] };

const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'thing' },
  spec: { suspend: true, template: { spec: { ...pod, restartPolicy: 'Never' } } },
};

const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'thing' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: '${params.what}' },
  subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }],
};

const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'thing' }, immutable: true, data: { what: '${params.what}' } };

const storage = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: `recreate-${process.pid}` },
  provisioner: 'tests.tutti.dev/none',
  parameters: { what: '${params.what}' },
};

function workload(kind: 'Deployment' | 'StatefulSet', { annotations = {}, more = {} }: { annotations?: object; more?: object }) {
  const labels = { app: 'thing' };
  const template = { metadata: { labels: { ...labels, what: '${params.what}' } }, spec: { ...pod, terminationGracePeriodSeconds: 0 } };
  const spec = { replicas: 0, selector: { matchLabels: labels }, template, ...more };
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'thing', annotations }, spec };
}

const allowed = { 'tutti.dev/recreate': 'allowed' };
const bySelector = { selector: { matchLabels: { what: '${params.what}' } } };

const paths = {
  Job: '/apis/batch/v1/*/jobs/thing',
  RoleBinding: '/apis/rbac.authorization.k8s.io/v1/*/rolebindings/thing',
  ConfigMap: '/api/v1/*/configmaps/thing',
  Deployment: '/apis/apps/v1/*/deployments/thing',
  StatefulSet: '/apis/apps/v1/*/statefulsets/thing',
  StorageClass: `/apis/storage.k8s.io/v1/storageclasses/recreate-${process.pid}`,
  Claim: '/api/v1/*/persistentvolumeclaims/thing',
} as const;

function pathOf(kind: keyof typeof paths, namespace: string): string {
  return paths[kind].replace('*', `namespaces/${namespace}`);
}

interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
}

async function listWrites(namespace: string): Promise<readonly string[]> {
  const lines = (await readFile(inject('auditLog'), 'utf8')).split('\n').filter((line) => line.includes(`/${namespace}/`));
  const events = lines.map((line): AuditEvent => JSON.parse(line));
  const writes = events.filter(({ verb, requestURI }) => !['get', 'list', 'watch'].includes(verb) && !requestURI.includes('dryRun=All'));
  return writes.map(({ verb, requestURI }) => `${verb} ${requestURI}`);
}

describe('what cannot be changed', () => {
  it.each([
    ['Job', job],
    ['RoleBinding', binding],
    ['ConfigMap', settings],
    ['StorageClass', storage],
    ['Deployment', workload('Deployment', { annotations: allowed, more: bySelector })],
  ] as const)('is removed and made anew, as the plan says before: %s', async (kind, manifest) => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client, manifest);
    const path = pathOf(kind, namespace);
    expect((await deploy(client, { sources: [using('view')] })).status).toBe('succeeded');
    if (kind === 'StorageClass') onTestFinished(async () => void (await ask('DELETE', path)));
    const [uid, written] = [await uidOf(path), await listWrites(namespace)];
    const planned = await plan(client, 'edit');
    expect(planned).toMatchObject({ ok: true, diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'T6216' })]) });
    expect(await listWrites(namespace)).toEqual(written);
    expect(await deploy(client, { sources: [using('edit')] })).toMatchObject({ status: 'succeeded' });
    const live = await ask('GET', path);
    expect(live.metadata.uid).not.toBe(uid);
    expect(JSON.stringify(live)).toContain('edit');
    expect(codesOf(await plan(client, 'edit'))).toEqual([]);
  });

  it.each([
    ['Deployment', workload('Deployment', { more: bySelector }), 'tutti.dev/recreate: allowed'],
    ['StatefulSet', workload('StatefulSet', { annotations: allowed, more: bySelector }), 'does not hold for them'],
    ['Claim', claim(), 'immutable'],
  ] as const)('stays, and the plan says why, where that is not allowed: %s', async (kind, manifest, why) => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client, manifest);
    expect((await deploy(client, { sources: [using('first')] })).status).toBe('succeeded');
    const uid = await uidOf(pathOf(kind, namespace));
    expect((await plan(client, 'second')).diagnostics).toMatchObject([{ code: 'T6202', detail: expect.stringContaining(why) }]);
    expect(await uidOf(pathOf(kind, namespace))).toBe(uid);
  });

  it('stays where the API server would not take the new one', async () => {
    const { client } = await openTestInstallation();
    const roleRef = { ...binding.roleRef, name: '${params.what == "second" ? "" : params.what}' };
    const namespace = await prepare(client, { ...binding, roleRef });
    await deploy(client, { sources: [using('view')] });
    const uid = await uidOf(pathOf('RoleBinding', namespace));
    expect(codesOf(await plan(client, 'second'))).toEqual(['T6203']);
    expect(await uidOf(pathOf('RoleBinding', namespace))).toBe(uid);
  });

  it('leaves the pods of a StatefulSet running', async () => {
    const { client } = await openTestInstallation();
    const more = { replicas: 1, serviceName: '${params.what}', updateStrategy: { type: 'OnDelete' } };
    const namespace = await prepare(client, workload('StatefulSet', { annotations: allowed, more }));
    await deploy(client, { sources: [using('first')] });
    const podPath = `/api/v1/namespaces/${namespace}/pods/thing-0`;
    await expect.poll(() => uidOf(podPath), patience).not.toBe('absent');
    const [uid, podUid] = [await uidOf(pathOf('StatefulSet', namespace)), await uidOf(podPath)];
    expect(await deploy(client, { sources: [using('second')] })).toMatchObject({ status: 'succeeded' });
    expect(await uidOf(pathOf('StatefulSet', namespace))).not.toBe(uid);
    expect(await uidOf(podPath)).toBe(podUid);
  });

  it('is made anew by the next deployment where the one before ended in between', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client, settings);
    const path = pathOf('ConfigMap', namespace);
    await deploy(client, { sources: [using('first')] });
    const hold = (finalizers: readonly string[]) =>
      call(inject('apiServer'), 'PATCH', path, { body: { metadata: { finalizers } }, type: 'application/merge-patch+json' });
    await hold(['example.com/hold']);
    onTestFinished(async () => void (await hold([])));
    const held = await deploy(client, { sources: [using('second')] });
    expect(held.diagnostics.map(({ code }) => code)).toContain('T6213');
    expect(held.diagnostics.find(({ code }) => code === 'T6213')?.detail).toContain('example.com/hold');
    const running = deploy(client, { sources: [using('second')] });
    await hold([]);
    expect(await running).toMatchObject({ status: 'succeeded' });
    await ask('DELETE', path);
    expect(await deploy(client, { sources: [using('third')] })).toMatchObject({ status: 'succeeded' });
    expect((await ask('GET', path)).data).toEqual({ what: 'third' });
  });
});

function claim(): object {
  const resources = { requests: { storage: '1Mi' } };
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: '${params.what}', resources };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'thing' }, spec };
}
