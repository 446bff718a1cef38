import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../support.ts';
import { lock } from './lock.ts';

const waitMsMax = 20_000;

it('lets one in at a time, and leaves nothing behind', async () => {
  const folder = await makeFolder();
  const path = join(folder, 'a.lock');
  const inside: string[] = [];
  const work = async (name: string): Promise<void> => {
    const release = await lock(path, waitMsMax);
    inside.push(`${name} in`);
    await readdir(folder);
    inside.push(`${name} out`);
    await release();
  };
  await Promise.all([work('one'), work('two')]);
  const [first, second] = inside[0] === 'one in' ? ['one', 'two'] : ['two', 'one'];
  expect(inside).toEqual([`${first} in`, `${first} out`, `${second} in`, `${second} out`]);
  expect(await readdir(folder)).toEqual([]);
});

it('takes no notice of a lock whose process is gone', async () => {
  const folder = await makeFolder();
  const path = join(folder, 'a.lock');
  const gone = spawnSync(process.execPath, ['--version']).pid;
  await writeFile(path, String(gone));
  const release = await lock(path, waitMsMax);
  await release();
  expect(await readdir(folder)).toEqual([]);
});

it('gives up where the lock is held for too long', async () => {
  const path = join(await makeFolder(), 'a.lock');
  const release = await lock(path, waitMsMax);
  await expect(lock(path, 1)).rejects.toThrow(`${path} is held for too long`);
  await release();
});
