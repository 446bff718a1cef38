import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { readPlatformFiles, readSources } from '../../src/main/demo/example.ts';
import { deploy, follow, need, openTestInstallation, ref, type TestInstallation } from '../deploy/support.ts';
import { ask, askWithoutEnd, makeNamespace, patience, untilAnswer } from './live.ts';
import { importImage } from './tools/node.ts';
import { listShopImages, shopImageName } from './tools/shop-images.ts';
import { acceptRoutes, provisionVolumes } from './tools/stand-ins.ts';

type Client = TestInstallation['client'];

const paymentKey = 'correct-horse-battery';

beforeAll(async () => {
  for (const { image, others } of listShopImages()) await importImage(inject('containerd'), image, others);
});

interface Prepared {
  readonly namespace: string;
  /** Where the volumes are, as folders. */
  readonly volumes: string;
}

/** The platform of the example, and an environment of a type of its own, that is deployed to the cluster. */
async function prepare(client: Client): Promise<Prepared> {
  const namespace = `shop-${process.pid}`;
  await makeNamespace(namespace);
  const volumes = await mkdtemp(join(tmpdir(), 'tutti-shop-'));
  const provisioner = await provisionVolumes(inject('apiServer'), namespace, volumes);
  const gateway = acceptRoutes(inject('apiServer'), namespace);
  onTestFinished(async () => {
    await gateway.stop();
    await ask('DELETE', `/api/v1/namespaces/${namespace}`);
    await provisioner.stop();
    await rm(volumes, { recursive: true, force: true });
  });
  const inputs = { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds: 40 };
  const documents = [
    { kind: 'EnvironmentType', metadata: { name: 'preview' }, spec: { onDestroy: 'delete' } },
    { kind: 'Target', metadata: { name: 'cluster' }, spec: { type: 'kubernetes', match: [{ environmentType: 'preview' }], inputs } },
  ];
  const further = documents.map((each) => JSON.stringify({ apiVersion: 'tutti.dev/v1', ...each })).join('\n---\n');
  const files = [...(await readPlatformFiles(true)), { file: 'cluster.yaml', text: further }];
  need(await client.call('releases.create', { body: { files } }));
  need(await client.call('projects.create', { body: { name: ref.project } }));
  need(await client.call('environments.create', { project: ref.project, body: { environment: ref.environment, type: 'preview' } }));
  need(await client.call('values.change', { ...ref, body: { set: { LOG_LEVEL: 'info' } } }));
  need(await client.call('secrets.set', { ...ref, key: 'PAYMENT_KEY', body: { value: paymentKey } }));
  return { namespace, volumes };
}

async function urlOf(namespace: string, service: string): Promise<string> {
  const { spec } = await ask('GET', `/api/v1/namespaces/${namespace}/services/${service}`);
  return `http://${spec.clusterIP}:${spec.ports[0].port}`;
}

/** Orders something by way of the front end; says which number the order has. */
async function order(url: string, item: string): Promise<number> {
  const answer = await fetch(`${url}/orders`, { method: 'POST', body: JSON.stringify({ item }), signal: AbortSignal.timeout(5000) });
  expect(answer.status).toBe(201);
  return Object(await answer.json()).id;
}

/** Orders something, and waits until the worker has written the invoice; says what is in it. */
async function orderAndRead(url: string, { namespace, volumes }: Prepared, item: string): Promise<string> {
  const id = await order(url, item);
  await expect.poll(() => untilAnswer(`${url}/`), patience).toContain(`${id}: ${item}, invoiced`);
  const { spec } = await ask('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/worker`);
  return readFile(join(volumes, spec.template.spec.volumes[0].persistentVolumeClaim.claimName, `${id}.txt`), 'utf8');
}

const secondVersion = {
  web: shopImageName('web', '1.5.0'),
  'api/migrate': shopImageName('api', '1.5.0'),
  'api/main': shopImageName('api', '1.5.0'),
  worker: shopImageName('worker', '1.5.0'),
};

/** The versions of the front end and the API that made a page; else what was answered. */
function versionsOf(page: string): string {
  const [, web, api] = /Front end ([\d.]+), API ([\d.]+)\./.exec(page) ?? [];
  return web === undefined ? page : `${web} and ${api}`;
}

type Sources = Awaited<ReturnType<typeof readSources>>;

/** Sets one value in the Score file of a workload. */
function changeSource(sources: Sources, workload: string, property: string): Sources {
  return sources.map((source) =>
    source.file.endsWith(`/${workload}.score.yaml`) ? { ...source, overrides: { properties: [property] } } : source,
  );
}

/** Versions that do not become ready, and what has to be said of them. */
const broken = [
  {
    workload: 'web',
    change: 'containers.main.variables.API_URL=""',
    said: ['exit code 1', 'API_URL is not set.'],
  },
  {
    workload: 'api',
    change: 'containers.migrate.variables.DATABASE_URL=postgresql://app:wrong@${resources.db.host}/app',
    said: ['migrate', 'The database could not be prepared: password authentication failed for user "app"'],
  },
];

/** To what succeeded last. */
async function rollBack(client: Client): Promise<void> {
  const accepted = need(await client.call('deployments.create', { ...ref, body: { change: { kind: 'rollback' } } }));
  expect(await follow(client, accepted.number)).toMatchObject({ status: 'succeeded' });
}

/** With all data: also what the claims of its database hold. */
async function destroyAll(client: Client): Promise<void> {
  const { plan, id } = need(await client.call('plans.create', { ...ref, body: { kind: 'destroy', deleteData: true } }));
  const accepted = need(await client.call('deployments.create', { ...ref, body: { plan: id, confirm: plan.digest } }));
  expect(await follow(client, accepted.number)).toMatchObject({ status: 'succeeded', diagnostics: [] });
}

it('the example shop answers, takes orders, goes over to a new version without a failed request, back from broken ones, and away', async () => {
  const { client } = await openTestInstallation();
  const prepared = await prepare(client);
  const { namespace } = prepared;
  const sources = await readSources();
  expect(await deploy(client, { sources })).toMatchObject({ status: 'succeeded', diagnostics: [] });
  expect(need(await client.call('environments.status', ref))).toMatchObject({
    health: 'healthy',
    workloads: ['api', 'web', 'worker'].map((name) => ({ name, health: 'healthy' })),
  });
  const url = await urlOf(namespace, 'web');
  const page = await untilAnswer(`${url}/`);
  expect(page).toMatch(/<title>web<\/title>[^]* teal[^]*Visit [12]\. Front end 1\.4\.0, API 1\.4\.0\./);
  expect(await orderAndRead(url, prepared, 'a teapot')).toMatch(/^Invoice 1: a teapot, paid by [0-9a-f]{12}\n$/);

  const end = askWithoutEnd(`${url}/`);
  const second = await deploy(client, { images: secondVersion });
  expect(second).toMatchObject({ status: 'succeeded', diagnostics: [] });
  // Pods that are leaving still answer for a moment, until every node knows.
  await expect.poll(async () => versionsOf(await untilAnswer(`${url}/`)), patience).toBe('1.5.0 and 1.5.0');
  const seen = (await end()).map(versionsOf);
  // Which of the two goes over first is left open: neither waits for the other.
  for (const each of seen) expect(each).toMatch(/^1\.[45]\.0 and 1\.[45]\.0$/);
  expect(seen[0]).toBe('1.4.0 and 1.4.0');
  expect(await orderAndRead(url, prepared, 'a cup')).toMatch(/^Invoice 2: a cup/);

  for (const { workload, change, said } of broken) {
    const failed = await deploy(client, { sources: changeSource(sources, workload, change), images: secondVersion });
    // At its deadline, or before when its pods have failed often enough.
    expect(failed).toMatchObject({ status: 'failed', diagnostics: [{ code: expect.stringMatching(/^T621[12]$/) }] });
    for (const part of [`Deployment ${namespace}/${workload}`, ...said]) expect(failed.diagnostics[0]?.detail).toContain(part);
    expect(versionsOf(await untilAnswer(`${url}/`))).toBe('1.5.0 and 1.5.0');
    await rollBack(client);
    expect(versionsOf(await untilAnswer(`${url}/`))).toBe('1.5.0 and 1.5.0');
    expect(need(await client.call('environments.status', ref))).toMatchObject({ health: 'healthy' });
  }
  expect(await orderAndRead(url, prepared, 'a spoon')).toMatch(/^Invoice 3: a spoon/);
  expect(JSON.stringify(need(await client.call('deployments.list', ref)))).not.toContain(paymentKey);
  await destroyAll(client);
  for (const kind of ['persistentvolumeclaims', 'services', 'secrets', 'pods']) {
    // Pods may take their time to end.
    await expect.poll(async () => (await ask('GET', `/api/v1/namespaces/${namespace}/${kind}`)).items, patience).toEqual([]);
  }
}, 300_000);
