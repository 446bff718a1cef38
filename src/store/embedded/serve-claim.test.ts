import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { invariant } from '../../core/index.ts';
import { claimServe, readServe } from './serve-claim.ts';
import { killMember } from './test-support.ts';

const address = 'http://127.0.0.1:8470';

const claimProgram = `
import { claimServe } from ${JSON.stringify(new URL('serve-claim.ts', import.meta.url).href)};
await claimServe(process.argv[1], { address: ${JSON.stringify(address)} });
process.on('message', () => undefined);
process.send('claimed');
`;

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-claim-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function claim(dataDir: string) {
  const claimed = await claimServe(dataDir, { address });
  invariant(claimed.value, JSON.stringify(claimed.diagnostics));
  return claimed.value;
}

test('a claim is found with its process and address until it is released', async () => {
  const dataDir = await makeFolder();
  expect(await readServe(dataDir)).toBeUndefined();
  expect(await readdir(dataDir)).toEqual([]);
  const { announce, release } = await claim(dataDir);
  expect(await readServe(dataDir)).toEqual({ pid: process.pid, address });
  await announce('http://127.0.0.1:9000');
  expect(await readServe(dataDir)).toEqual({ pid: process.pid, address: 'http://127.0.0.1:9000' });
  await release();
  expect(await readServe(dataDir)).toBeUndefined();
});

test('a second claim is refused and told the process and the address of the first', async () => {
  const dataDir = await makeFolder();
  const { release } = await claim(dataDir);
  const second = await claimServe(dataDir, { address: 'http://127.0.0.1:8471' });
  expect(second.value).toBeUndefined();
  expect(second.diagnostics.map((each) => each.code)).toEqual(['T7012']);
  expect(second.diagnostics[0]?.detail).toContain(String(process.pid));
  expect(second.diagnostics[0]?.detail).toContain(address);
  await release();
});

test('a claim holds against other processes, and falls when its process is killed', async () => {
  const dataDir = await makeFolder();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', claimProgram, dataDir], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => killMember(child));
  await once(child, 'message');
  expect(await readServe(dataDir)).toEqual({ pid: child.pid, address });
  expect((await claimServe(dataDir, { address })).diagnostics.map((each) => each.code)).toEqual(['T7012']);
  await killMember(child);
  expect(await readServe(dataDir)).toBeUndefined();
  const { release } = await claim(dataDir);
  expect(await readServe(dataDir)).toEqual({ pid: process.pid, address });
  await release();
});

test('readers do not stand in the way of a claim', async () => {
  const dataDir = await makeFolder();
  await (await claim(dataDir)).release();
  const reading = Array.from({ length: 50 }, () => readServe(dataDir));
  const { release } = await claim(dataDir);
  await Promise.all(reading);
  await release();
});

test('a record that is damaged, or whose folder is gone, names no server', async () => {
  const dataDir = await makeFolder();
  for (const text of ['', '{', 'null', '{"pid":"1"}', '{"pid":1}']) {
    await writeFile(join(dataDir, 'serve.json'), text);
    expect(await readServe(dataDir)).toBeUndefined();
  }
  expect(await readServe(join(dataDir, 'absent'))).toBeUndefined();
});

test('a data folder that cannot be made is reported', async () => {
  const dataDir = await makeFolder();
  await writeFile(join(dataDir, 'file'), '');
  const claimed = await claimServe(join(dataDir, 'file', '.tutti'), { address });
  expect(claimed.diagnostics.map((each) => each.code)).toEqual(['T7010']);
});
