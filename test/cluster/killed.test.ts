import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { follow, need, openTestInstallation, prepareEnvironment, ref, type TestInstallation } from '../deploy/support.ts';
import { openReplicas } from '../faults/replicas.ts';
import { ask, makeNamespace } from './live.ts';

const workloads = Array.from({ length: 50 }, (_, index) => `part-${String(index).padStart(2, '0')}`);

/** A Deployment, a Service, a ConfigMap and a Secret. */
function score(name: string): string {
  return JSON.stringify({
    apiVersion: 'score.dev/v1b1',
    metadata: { name },
    service: { ports: { http: { port: 80 } } },
    containers: {
      main: {
        image: 'example/app:1',
        variables: { PASSWORD: '${resources.settings.PASSWORD}' },
        files: { '/etc/part': { content: `this is ${name}` } },
      },
    },
    resources: { settings: { type: 'environment' } },
  });
}

async function list(
  namespace: string,
  path: string,
): Promise<readonly { readonly metadata: { readonly name: string; readonly uid: string } }[]> {
  const { items } = await ask('GET', `${path.replace('*', `namespaces/${namespace}`)}?labelSelector=tutti.dev/set`);
  return items;
}

const collections = ['/apis/apps/v1/*/deployments', '/api/v1/*/services', '/api/v1/*/configmaps', '/api/v1/*/secrets'] as const;

type Client = TestInstallation['client'];
type Found = Awaited<ReturnType<typeof listAll>>;

const sources = workloads.map((name) => ({ file: `${name}.yaml`, text: score(name) }));

function listAll(namespace: string) {
  return Promise.all(collections.map((path) => list(namespace, path)));
}

const written = async (namespace: string): Promise<number> => (await listAll(namespace)).flat().length;

async function prepare(client: Client, namespace: string): Promise<void> {
  await makeNamespace(namespace);
  const inputs = { kubeconfig: inject('kubeconfig'), namespace };
  const spec = { type: 'kubernetes', match: [{}], inputs };
  await prepareEnvironment(client, JSON.stringify({ apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec }));
  const asleep = Object.fromEntries(workloads.map((name) => [`${name}.replicas`, '0']));
  need(await client.call('values.change', { ...ref, body: { set: asleep } }));
  need(await client.call('secrets.set', { ...ref, key: 'PASSWORD', body: { value: 'correct-horse' } }));
}

/** Everything is there once, what was written before is the same, and nothing is left to do. */
async function checkWhole(client: Client, namespace: string, before: Found): Promise<void> {
  const after = await listAll(namespace);
  for (const [index, objects] of after.entries()) {
    const uids = new Map(objects.map(({ metadata }) => [metadata.name, metadata.uid]));
    expect(uids.size).toBe(workloads.length);
    for (const { metadata } of before[index] ?? []) expect(uids.get(metadata.name)).toBe(metadata.uid);
  }
  const { plan } = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources } }));
  expect(plan.changes.filter(({ action }) => action !== 'unchanged')).toEqual([]);
}

it('a deployment of 200 objects whose process is killed in the middle ends, taken over, as if it never was', async () => {
  const namespace = `killed-${process.pid}`;
  const { client, folder, databaseUrl } = await openTestInstallation();
  await prepare(client, namespace);
  await mkdir(join(folder, 'parts'));
  for (const name of workloads) await writeFile(join(folder, 'parts', `${name}.score.yaml`), score(name));
  const options = ['--project', ref.project, '--env', ref.environment, '--data-dir', join(folder, '.tutti')];
  const child = spawn(process.execPath, [inject('tutti'), 'deploy', join(folder, 'parts'), ...options], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await expect.poll(() => written(namespace), { timeout: 60_000, interval: 20 }).toBeGreaterThan(40);
  child.kill('SIGKILL');
  await ended;
  const before = await listAll(namespace);
  expect(before.flat().length).toBeLessThan(4 * workloads.length);
  // Until its lease has run out it is taken to be alive.
  const resume = async (): Promise<boolean> => (await client.call('deployments.resume', ref)).ok;
  await expect.poll(resume, { timeout: 90_000, interval: 500 }).toBe(true);
  expect(await follow(client, 1)).toMatchObject({ status: 'succeeded', diagnostics: [] });
  await checkWhole(client, namespace, before);
}, 240_000);

it('so does one whose server is killed, by another server and without anybody’s asking', async () => {
  const namespace = `replaced-${process.pid}`;
  const replicas = await openReplicas();
  const first = await replicas.start();
  await prepare(first.client, namespace);
  const { number } = need(await first.client.call('deployments.create', { ...ref, body: { change: { kind: 'deploy', sources } } }));
  await expect.poll(() => written(namespace), { timeout: 60_000, interval: 20 }).toBeGreaterThan(40);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const before = await listAll(namespace);
  expect(before.flat().length).toBeLessThan(4 * workloads.length);
  const second = await replicas.start();
  expect(await follow(second.client, number)).toMatchObject({ status: 'succeeded', diagnostics: [] });
  await checkWhole(second.client, namespace, before);
}, 240_000);
