import { expect, inject, it, onTestFinished } from 'vitest';
import type { OperationInput } from '../../src/client/index.ts';
import { codesOf, deploy, follow, need, openTestInstallation, prepareEnvironment, ref, type TestInstallation } from '../deploy/support.ts';
import { ask, makeDeployment, makeNamespace, patience, untilAnswer } from './live.ts';
import { call } from './tools/call.ts';
import { nodeImage } from './tools/images.ts';

type Client = TestInstallation['client'];
type Change = OperationInput<'plans.create'>['body'];

let count = 0;

/** A namespace of its own, or, without one, that which tutti makes. */
async function prepare(client: Client, makes: 'own' | 'given'): Promise<string> {
  const namespace = makes === 'given' ? `life-${process.pid}-${++count}` : 'shop-staging';
  if (makes === 'given') await makeNamespace(namespace);
  const inputs = { kubeconfig: inject('kubeconfig'), timeoutSeconds: 60, ...(makes === 'given' && { namespace }) };
  const spec = { type: 'kubernetes', match: [{}], inputs };
  await prepareEnvironment(client, JSON.stringify({ apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec }));
  onTestFinished(async () => void (await ask('DELETE', `/api/v1/namespaces/${namespace}`)));
  return namespace;
}

/** Answers with what it was given as its password. */
const server = `
  require('http').createServer((_, to) => to.end('password ' + process.env.PASSWORD)).listen(8080);
  process.on('SIGTERM', () => setTimeout(() => process.exit(0), 1000));
`;

function web(parts: { readonly volume?: true } = {}) {
  const main = {
    image: nodeImage.name,
    command: ['node', '-e', server],
    variables: { PASSWORD: '${resources.settings.PASSWORD}' },
    readinessProbe: { httpGet: { path: '/', port: 8080 } },
    ...(parts.volume && { volumes: { '/data': { source: '${resources.data}' } } }),
  };
  const resources = { settings: { type: 'environment' }, ...(parts.volume && { data: { type: 'volume' } }) };
  const service = { ports: { http: { port: 80, targetPort: 8080 } } };
  return {
    file: 'web.yaml',
    text: JSON.stringify({ apiVersion: 'score.dev/v1b1', metadata: { name: 'web' }, service, containers: { main }, resources }),
  };
}

async function setPassword(client: Client, value: string): Promise<void> {
  need(await client.call('secrets.set', { ...ref, key: 'PASSWORD', body: { value } }));
}

/** Plans a change and carries that plan out, as somebody does who confirms what it asks. */
async function change(client: Client, body: Change) {
  const planned = need(await client.call('plans.create', { ...ref, body }));
  const confirm = planned.plan.brakes.length > 0 ? { confirm: planned.plan.digest } : {};
  const accepted = need(await client.call('deployments.create', { ...ref, body: { plan: planned.id, ...confirm } }));
  return { planned, ended: await follow(client, accepted.number) };
}

it('rotates a secret: the workload is rolled over to it without a pause', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client, 'given');
  await setPassword(client, 'first');
  expect(await deploy(client, { sources: [web()] })).toMatchObject({ status: 'succeeded' });
  const { spec } = await ask('GET', `/api/v1/namespaces/${namespace}/services/web`);
  const url = `http://${spec.clusterIP}/`;
  expect(await untilAnswer(url)).toBe('password first');
  await setPassword(client, 'second');
  expect(await deploy(client, {})).toMatchObject({ status: 'succeeded' });
  await expect.poll(() => untilAnswer(url), patience).toBe('password second');
});

/** As an autoscaler does it: by way of the subresource, with a manager of its own. */
async function scaleTo(namespace: string, replicas: number): Promise<void> {
  const body = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'web', namespace }, spec: { replicas } };
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web/scale?fieldManager=horizontal-pod-autoscaler`;
  expect((await call(inject('apiServer'), 'PUT', path, { body })).status).toBe(200);
}

it('leaves the number of replicas to an autoscaler, and changes all else', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client, 'given');
  await setPassword(client, 'first');
  expect(await deploy(client, { sources: [web()] })).toMatchObject({ status: 'succeeded' });
  await scaleTo(namespace, 2);
  const planned = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web()] } }));
  expect(planned.plan.changes.filter(({ action }) => action !== 'unchanged')).toEqual([]);
  await setPassword(client, 'second');
  expect(await deploy(client, {})).toMatchObject({ status: 'succeeded' });
  const { spec } = await ask('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/web`);
  expect(spec.replicas).toBe(2);
  const service = await ask('GET', `/api/v1/namespaces/${namespace}/services/web`);
  await expect.poll(() => untilAnswer(`http://${service.spec.clusterIP}/`), patience).toBe('password second');
});

it('pauses an environment with an autoscaler, and goes on with it', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client, 'given');
  await setPassword(client, 'first');
  expect(await deploy(client, { sources: [web()] })).toMatchObject({ status: 'succeeded' });
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
  await scaleTo(namespace, 2);
  need(await client.call('values.change', { ...ref, body: { set: { 'tutti.paused': 'true' } } }));
  expect(await deploy(client, {})).toMatchObject({ status: 'succeeded' });
  expect((await ask('GET', path)).spec.replicas).toBe(0);
  await expect.poll(async () => need(await client.call('runtime.list', ref)).instances, patience).toEqual([]);
  expect(need(await client.call('environments.status', ref))).toMatchObject({ isPaused: true, health: 'healthy' });
  need(await client.call('values.change', { ...ref, body: { unset: ['tutti.paused'] } }));
  expect(await deploy(client, {})).toMatchObject({ status: 'succeeded' });
  expect((await ask('GET', path)).spec.replicas).toBe(1);
  // The autoscaler has the last word again.
  await scaleTo(namespace, 2);
  expect(await deploy(client, {})).toMatchObject({ status: 'succeeded' });
  expect((await ask('GET', path)).spec.replicas).toBe(2);
});

it('takes over what somebody made by hand when it is asked to, names from whom, and not otherwise', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client, 'given');
  await setPassword(client, 'first');
  const pod = { containers: [{ name: 'main', image: nodeImage.name, command: ['node', '-e', server] }] };
  const labels = { 'app.kubernetes.io/name': 'web' };
  await ask('POST', `/api/v1/namespaces/${namespace}/services?fieldManager=somebody`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', labels: { team: 'old' } },
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  });
  await ask('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, makeDeployment('other', 1, pod));
  const before = await ask('GET', `/api/v1/namespaces/${namespace}/services/web`);
  const refused = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web()] } });
  expect(codesOf(refused)).toContain('T6210');
  const planned = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web()], adopt: true } });
  expect(planned.diagnostics).toMatchObject([{ code: 'T6235', detail: expect.stringMatching(/Service life-.*\/web .* from somebody\.$/) }]);
  const { ended } = await change(client, { kind: 'deploy', sources: [web()], adopt: true });
  expect(ended).toMatchObject({ status: 'succeeded' });
  const after = await ask('GET', `/api/v1/namespaces/${namespace}/services/web`);
  expect(after.metadata).toMatchObject({ uid: before.metadata.uid, labels: { team: 'old', 'tutti.dev/set': expect.any(String) } });
  // What nobody asked about is nobody's.
  expect((await ask('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/other`)).metadata.labels?.['tutti.dev/set']).toBeUndefined();
});

it('destroys an environment: data is kept with its namespace, then goes, too, when that is said', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client, 'own');
  await setPassword(client, 'first');
  need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '0' } } }));
  expect(await deploy(client, { sources: [web({ volume: true })] })).toMatchObject({ status: 'succeeded' });
  const made = need(await client.call('environments.status', ref)).objects.map(({ key }) => key);
  expect(made).toContainEqual(expect.stringContaining('PersistentVolumeClaim'));
  const unconfirmed = need(await client.call('plans.create', { ...ref, body: { kind: 'destroy' } }));
  expect(unconfirmed.plan.brakes).toMatchObject([{ kind: 'deletions', reason: expect.stringContaining('the environment is destroyed') }]);
  expect((await change(client, { kind: 'destroy' })).ended).toMatchObject({ status: 'succeeded' });
  const kept = need(await client.call('environments.status', ref));
  expect(kept.workloads).toEqual([]);
  expect(kept.resources).toMatchObject([{ type: 'volume', status: 'retained' }]);
  expect(kept.objects.map(({ key }) => key.replace(/:.*$/, ''))).toEqual(['/Namespace', '/PersistentVolumeClaim']);
  expect((await call(inject('apiServer'), 'GET', `/apis/apps/v1/namespaces/${namespace}/deployments/web`)).status).toBe(404);
  expect((await change(client, { kind: 'destroy', deleteData: true })).ended).toMatchObject({ status: 'succeeded' });
  expect(need(await client.call('environments.status', ref))).toMatchObject({ workloads: [], resources: [], objects: [] });
  expect((await call(inject('apiServer'), 'GET', `/api/v1/namespaces/${namespace}`)).status).toBe(404);
  expect(need(await client.call('plans.create', { ...ref, body: { kind: 'destroy' } })).plan.summary.isEmpty).toBe(true);
  need(await client.call('environments.delete', ref));
});
