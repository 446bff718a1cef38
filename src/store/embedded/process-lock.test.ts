import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { tryLock, waitForLock } from './process-lock.ts';

async function makeLockFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'lock');
}

test('an exclusive lock shuts out all others until it is released', async () => {
  const file = await makeLockFile();
  const held = tryLock(file, 'exclusive');
  expect(tryLock(file, 'exclusive')).toBeUndefined();
  expect(tryLock(file, 'shared')).toBeUndefined();
  held?.release();
  const next = tryLock(file, 'exclusive');
  expect(next).toBeDefined();
  next?.release();
});

test('shared locks go together, and shut an exclusive one out until the last is released', async () => {
  const file = await makeLockFile();
  const [first, second] = [tryLock(file, 'shared'), tryLock(file, 'shared')];
  first?.release();
  expect(tryLock(file, 'exclusive')).toBeUndefined();
  second?.release();
  const alone = tryLock(file, 'exclusive');
  expect(alone).toBeDefined();
  alone?.release();
});

test('nothing but an empty file is ever written', async () => {
  const file = await makeLockFile();
  const held = tryLock(file, 'exclusive');
  expect(await readdir(dirname(file))).toEqual(['lock']);
  held?.release();
  expect(await readdir(dirname(file))).toEqual(['lock']);
  expect((await stat(file)).size).toBe(0);
});

test('a failed attempt leaves nothing behind', async () => {
  const file = await makeLockFile();
  const member = tryLock(file, 'shared');
  expect(tryLock(file, 'exclusive')).toBeUndefined();
  const other = tryLock(file, 'shared');
  expect(other).toBeDefined();
  member?.release();
  other?.release();
});

test('releasing twice is releasing once', async () => {
  const file = await makeLockFile();
  const held = tryLock(file, 'exclusive');
  held?.release();
  const next = tryLock(file, 'exclusive');
  held?.release();
  expect(tryLock(file, 'exclusive')).toBeUndefined();
  next?.release();
});

test('waiting ends with the lock as soon as it is free', async () => {
  const file = await makeLockFile();
  const held = tryLock(file, 'exclusive');
  const waiting = waitForLock(file, { timeoutMs: 60_000 });
  held?.release();
  const lock = await waiting;
  expect(lock).toBeDefined();
  lock?.release();
});

test('waiting ends without the lock when the time is up, or when it is aborted', async () => {
  const file = await makeLockFile();
  const held = tryLock(file, 'exclusive');
  expect(await waitForLock(file, { timeoutMs: 20 })).toBeUndefined();
  const controller = new AbortController();
  const aborted = waitForLock(file, { timeoutMs: 60_000, signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow();
  held?.release();
});

test('a lock in a folder that does not exist is an error, not a busy lock', async () => {
  const file = join(await makeLockFile(), 'absent', 'lock');
  expect(() => tryLock(file, 'exclusive')).toThrow('unable to open database file');
});
