import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Client } from '../../src/client/index.ts';
import { follow, need, prepareEnvironment, ref, score } from '../deploy/support.ts';
import { openReplicas, type Replicas } from './replicas.ts';

/** Of `docs/serving.md`. */
const takeOverMsMax = 15_000;

/** A resource that a program makes: it takes half a minute for as long as the file `slow` is there, and notes each time that it begins. */
async function prepare(client: Client, { folder }: Replicas): Promise<void> {
  const script = `#!/bin/sh
echo begun >> ${folder}/log
[ -e ${folder}/slow ] && sleep 30
echo '{"resource_outputs": {"name": "it"}, "manifests": []}'
`;
  await writeFile(join(folder, 'make.sh'), script, { mode: 0o700 });
  const inputs = { path: join(folder, 'out', '${context.environment}') };
  const target = {
    apiVersion: 'tutti.dev/v1',
    kind: 'Target',
    metadata: { name: 'folder' },
    spec: { type: 'directory', match: [{}], inputs },
  };
  await prepareEnvironment(client, JSON.stringify(target), [
    { file: 'thing.provisioners.yaml', text: `- {uri: 'cmd://${join(folder, 'make.sh')}', type: thing, expected_outputs: [name]}\n` },
  ]);
}

const web = (version: string) =>
  score({ name: 'web', variables: { NAME: '${resources.thing.name}', VERSION: version }, resources: { thing: { type: 'thing' } } });

async function accept(client: Client, version: string): Promise<number> {
  const body = { change: { kind: 'deploy', sources: [web(version)] } } as const;
  return need(await client.call('deployments.create', { ...ref, body })).number;
}

const countBegun = async ({ folder }: Replicas): Promise<number> =>
  (await readFile(join(folder, 'log'), 'utf8').catch(() => '')).split('\n').filter((line) => line === 'begun').length;

/** Accepts a deployment that is in the middle of its slow program when this is done. */
async function beginSlowly(client: Client, replicas: Replicas): Promise<number> {
  await writeFile(join(replicas.folder, 'slow'), '');
  const before = await countBegun(replicas);
  const number = await accept(client, 'slow');
  await expect.poll(() => countBegun(replicas), { timeout: 10_000 }).toBeGreaterThan(before);
  return number;
}

const rendered = ({ folder }: Replicas) => readFile(join(folder, 'out', ref.environment, 'manifests', 'deployment-web.yaml'), 'utf8');

it('a deployment whose server is killed in the middle is ended by another within fifteen seconds', async () => {
  const replicas = await openReplicas();
  const first = await replicas.start();
  await prepare(first.client, replicas);
  expect(await follow(first.client, await accept(first.client, 'one'))).toMatchObject({ status: 'succeeded' });
  const number = await beginSlowly(first.client, replicas);
  const second = await replicas.start();
  const waiting = await accept(second.client, 'after');
  // One that ended before it began must not hide those before it.
  const dropped = await accept(second.client, 'dropped');
  expect(need(await second.client.call('deployments.cancel', { ...ref, number: dropped }))).toMatchObject({ status: 'cancelled' });
  await rm(join(replicas.folder, 'slow'));
  first.child.kill('SIGKILL');
  const killedAt = performance.now();
  expect(await follow(second.client, number)).toMatchObject({ status: 'succeeded', diagnostics: [] });
  const tookMs = performance.now() - killedAt;
  expect(tookMs).toBeLessThan(takeOverMsMax);
  expect(await follow(second.client, waiting)).toMatchObject({ status: 'succeeded', diagnostics: [] });
  expect(await rendered(replicas)).toContain('value: after');
});

it('a server that is told to stop hands its deployment on at once, and has not failed', async () => {
  const replicas = await openReplicas();
  const first = await replicas.start();
  await prepare(first.client, replicas);
  const number = await beginSlowly(first.client, replicas);
  const second = await replicas.start();
  await rm(join(replicas.folder, 'slow'));
  first.child.kill('SIGTERM');
  const toldAt = performance.now();
  expect(await follow(second.client, number)).toMatchObject({ status: 'succeeded', diagnostics: [] });
  expect(performance.now() - toldAt).toBeLessThan(takeOverMsMax / 2);
  await expect.poll(() => first.child.exitCode, { timeout: 10_000 }).toBe(0);
});

it('a server that was paused past its lease changes nothing when it wakes up', async () => {
  const replicas = await openReplicas();
  const first = await replicas.start();
  await prepare(first.client, replicas);
  const number = await beginSlowly(first.client, replicas);
  const second = await replicas.start();
  await rm(join(replicas.folder, 'slow'));
  first.child.kill('SIGSTOP');
  expect(await follow(second.client, number)).toMatchObject({ status: 'succeeded' });
  expect(await follow(second.client, await accept(second.client, 'later'))).toMatchObject({ status: 'succeeded' });
  const [before, written] = [need(await second.client.call('deployments.list', ref)), await rendered(replicas)];
  first.child.kill('SIGCONT');
  // Its program has ended meanwhile: it would write now, if it could.
  await sleep(3_000);
  expect(need(await second.client.call('deployments.list', ref))).toEqual(before);
  expect(await rendered(replicas)).toBe(written);
  expect(written).toContain('value: later');
  // And it is of use again.
  expect(await follow(first.client, await accept(first.client, 'last'))).toMatchObject({ status: 'succeeded' });
});

it('a deployment is cancelled by way of any server: one that has begun within seconds, one that has not at once', async () => {
  const replicas = await openReplicas();
  const [first, second] = [await replicas.start(), await replicas.start()];
  await prepare(first.client, replicas);
  const number = await beginSlowly(first.client, replicas);
  const behind = await accept(first.client, 'behind');
  expect(need(await second.client.call('deployments.cancel', { ...ref, number: behind }))).toMatchObject({ status: 'cancelled' });
  const askedAt = performance.now();
  need(await second.client.call('deployments.cancel', { ...ref, number }));
  const end = await follow(second.client, number);
  expect(end).toMatchObject({
    status: 'cancelled',
    diagnostics: [{ code: 'T5109', detail: expect.stringMatching(/^Cancelled by admin\. /) }],
  });
  expect(performance.now() - askedAt).toBeLessThan(8_000);
  expect(await second.client.call('deployments.cancel', { ...ref, number })).toMatchObject({ ok: false, status: 409, code: 'T7211' });
  await rm(join(replicas.folder, 'slow'));
  expect(await follow(second.client, await accept(second.client, 'next'))).toMatchObject({ status: 'succeeded' });
  expect(await rendered(replicas)).toContain('value: next');
});

it('deployments of an environment go in order, one at a time, whichever server accepts and carries them out', async () => {
  const replicas = await openReplicas();
  const [first, second] = [await replicas.start(), await replicas.start()];
  await prepare(first.client, replicas);
  const clients = [first.client, second.client];
  const numbers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => accept(clients[index % 2] ?? first.client, `number-${index}`)),
  );
  expect(numbers.toSorted((left, right) => left - right)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  for (const number of numbers) expect(await follow(second.client, number)).toMatchObject({ status: 'succeeded' });
  const { deployments } = need(await second.client.call('deployments.list', ref));
  const spans = deployments.toReversed().map(({ startedAt = '', finishedAt = '' }) => ({ startedAt, finishedAt }));
  for (const [index, { startedAt }] of spans.entries()) expect(startedAt >= (spans[index - 1]?.finishedAt ?? '')).toBe(true);
});
