import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, expect, onTestFinished, test } from 'vitest';

import { invariant } from '../../core/index.ts';
import { layOut } from './layout.ts';
import { openEmbedded } from './open.ts';
import { findRunning, readPostmaster } from './postmaster.ts';
import {
  isRunning,
  killMember,
  makeTestDataDir,
  makeTestFolder,
  open,
  query,
  slowTestMs,
  spawnMember,
  startMember,
} from './test-support.ts';

/** One cluster for the tests that need no first start; each of them leaves it stopped. */
let shared = '';

beforeAll(async () => {
  const folder = await makeTestFolder();
  shared = folder.dataDir;
  await (await open(shared)).close();
  return folder.remove;
}, slowTestMs);

async function expectPid(dataDir: string): Promise<number> {
  const running = await findRunning(layOut(dataDir).cluster);
  invariant(running, 'the server runs');
  return running.pid;
}

/** Kills the server as a crash would, and waits until nobody answers. */
async function crashServer(dataDir: string): Promise<void> {
  process.kill(await expectPid(dataDir), 'SIGKILL');
  await expect.poll(() => isRunning(dataDir), { timeout: 10_000, interval: 5 }).toBe(false);
}

test('two processes use one server, and the last one that leaves stops it', { timeout: slowTestMs }, async () => {
  const first = await startMember(shared);
  const second = await startMember(shared);
  expect(second.connectionString).toBe(first.connectionString);
  await first.leave();
  expect(await query(second.connectionString ?? '', 'select 1 as one')).toEqual([1]);
  await second.leave();
  expect(await isRunning(shared)).toBe(false);
});

test('a server that outlives the killed process that started it is used again and then stopped', { timeout: slowTestMs }, async () => {
  const starter = await startMember(shared);
  await starter.kill();
  const pid = await expectPid(shared);
  const next = await open(shared);
  expect(next.connectionString).toBe(starter.connectionString);
  expect(await expectPid(shared)).toBe(pid);
  await next.close();
  expect(await isRunning(shared)).toBe(false);
});

test('a member that was killed does not keep the server alive', { timeout: slowTestMs }, async () => {
  const [mine, killed] = [await open(shared), await startMember(shared)];
  await killed.kill();
  await mine.close();
  expect(await isRunning(shared)).toBe(false);
});

test('the server runs in a session of its own, so that Ctrl-C does not reach it', { timeout: slowTestMs }, async () => {
  const { close } = await open(shared);
  const pid = await expectPid(shared);
  expect(() => process.kill(-pid, 0)).not.toThrow();
  await close();
});

test('eight processes that start at once share one server, and none remains when all have left', { timeout: slowTestMs }, async () => {
  const fresh = await makeTestDataDir();
  const members = await Promise.all(Array.from({ length: 8 }, () => startMember(fresh)));
  expect(new Set(members.map((each) => each.connectionString)).size).toBe(1);
  expect(members[0]?.connectionString).toBeDefined();
  await Promise.all(members.map((each) => each.leave()));
  expect(await isRunning(fresh)).toBe(false);
});

test('who joins while the last one leaves always gets a server that answers', { timeout: slowTestMs }, async () => {
  let current = await open(shared);
  for (let round = 0; round < 25; round++) {
    const [, next] = await Promise.all([current.close(), open(shared)]);
    expect(await query(next.connectionString, 'select 1 as one')).toEqual([1]);
    current = next;
  }
  await current.close();
  expect(await isRunning(shared)).toBe(false);
});

test('who joins while another process leaves always gets a server that answers', { timeout: slowTestMs }, async () => {
  let leaving = await startMember(shared);
  for (let round = 0; round < 6; round++) {
    const [next] = await Promise.all([startMember(shared), leaving.leave()]);
    expect(await query(next.connectionString ?? '', 'select 1 as one')).toEqual([1]);
    leaving = next;
  }
  await leaving.leave();
  expect(await isRunning(shared)).toBe(false);
});

test(
  'a process that is killed at any moment of the first start does not stand in the way of the next',
  { timeout: slowTestMs },
  async () => {
    const fresh = await makeTestDataDir();
    const { dataDir: folder, log, cluster, password } = layOut(fresh);
    for (const sign of [folder, password, cluster, log, join(cluster, 'postmaster.pid')]) {
      const child = spawnMember(fresh);
      const exists = () =>
        stat(sign).then(
          () => true,
          () => false,
        );
      await expect.poll(exists, { timeout: 30_000, interval: 1 }).toBe(true);
      await killMember(child);
    }
    const { connectionString, close } = await open(fresh);
    expect(await query(connectionString, 'select 1 as one')).toEqual([1]);
    await close();
    expect(await isRunning(fresh)).toBe(false);
  },
);

test('a server that crashed is started again on its port, with all that was committed', { timeout: slowTestMs }, async () => {
  const first = await open(shared);
  await query(first.connectionString, 'create table committed as select 42 as answer');
  await crashServer(shared);
  const second = await open(shared);
  expect(second.connectionString).toBe(first.connectionString);
  expect(await query(first.connectionString, 'select answer from committed')).toEqual([42]);
  await Promise.all([first.close(), second.close()]);
  expect(await isRunning(shared)).toBe(false);
});

test('a stale pid that means another process by now neither blocks the start nor harms that process', { timeout: slowTestMs }, async () => {
  const { cluster } = layOut(shared);
  const first = await open(shared);
  await crashServer(shared);
  const { uid, gid } = await stat(cluster);
  const stranger = spawn('sleep', ['600'], { uid, gid });
  onTestFinished(() => void stranger.kill('SIGKILL'));
  await once(stranger, 'spawn');
  const stale = await readFile(join(cluster, 'postmaster.pid'), 'utf8');
  await writeFile(join(cluster, 'postmaster.pid'), stale.replace(/^\d+/, String(stranger.pid)));
  const second = await open(shared);
  expect(await query(second.connectionString, 'select 1 as one')).toEqual([1]);
  expect((await readPostmaster(cluster))?.pid).not.toBe(stranger.pid);
  await first.close();
  await second.close();
  expect(stranger.exitCode).toBeNull();
});

test('a folder that another container uses is not opened a second time', { timeout: slowTestMs }, async () => {
  const { origin } = layOut(shared);
  const { close } = await open(shared);
  await crashServer(shared);
  await writeFile(origin, 'elsewhere\n\n');
  const opened = await openEmbedded({ dataDir: shared });
  expect(opened.diagnostics.map((each) => each.code)).toEqual(['T7013']);
  await close();
  const alone = await open(shared);
  await alone.close();
});
