import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { invariant } from '../../core/index.ts';
import { findMissingLinks, probeMachine, tryListen } from './probes.ts';

const host = '127.0.0.1';

/** A port that this test holds until it ends. */
async function takePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.address();
  invariant(typeof address === 'object' && address !== null, 'a listening server has an address');
  return address.port;
}

test('a port that another process holds is found, and a free one is given back', async () => {
  expect(await tryListen({ host, port: await takePort() })).toBe('EADDRINUSE');
  expect(await tryListen({ host, port: 0 })).toBeUndefined();
});

test('an address that is not of this machine is found', async () => {
  expect(await tryListen({ host: '192.0.2.1', port: 8470 })).toBe('EADDRNOTAVAIL');
});

test('links that the list of the package names and nobody made are found', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-links-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  expect(findMissingLinks(folder)).toEqual([]);
  await mkdir(join(folder, 'native', 'lib'), { recursive: true });
  const links = ['native/lib/libpq.so', 'native/lib/libpq.so.5'].map((target) => ({ source: 'native/lib/libpq.so.5.18', target }));
  await writeFile(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  await writeFile(join(folder, 'native', 'lib', 'libpq.so'), '');
  expect(findMissingLinks(folder)).toEqual(['native/lib/libpq.so.5']);
});

test('a machine on which these tests run has all that the embedded database needs', async () => {
  const probes = await probeMachine({ database: 'embedded', isFirstStart: true });
  expect(probes).toMatchObject({ missingLinks: [], listenError: undefined });
  expect(probes.binaries.value?.major).toMatch(/^\d+$/);
  expect(probes.libc).not.toBe('musl');
});
