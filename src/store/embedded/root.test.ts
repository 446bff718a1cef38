import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { chooseRunner } from './account.ts';
import { prepareLaunch } from './launch.ts';
import { layOut } from './layout.ts';
import { openEmbedded } from './open.ts';
import { readPostmaster } from './postmaster.ts';
import { isRunning, makeTestDataDir, open, query, slowTestMs, startMember } from './test-support.ts';

const isRoot = process.geteuid?.() === 0;
const somebody = { name: 'somebody', uid: 64_321, gid: 64_321 };

/** A data folder that everybody can reach, though not list. */
async function makeReachableDataDir(): Promise<string> {
  const dataDir = await makeTestDataDir();
  await chmod(dirname(dataDir), 0o711);
  await mkdir(dataDir, { mode: 0o700 });
  return dataDir;
}

/** A command that runs another one without some capabilities. */
function withoutCapabilities(...names: readonly string[]): readonly string[] {
  return ['setpriv', `--bounding-set=${names.map((name) => `-${name}`).join(',')}`, '--'];
}

/** A command that runs another one as a user; what the tests themselves need, it may read. */
function asUser(uid: number): readonly string[] {
  const reading = ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  return ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', ...reading, '--'];
}

const testAsRoot = test.runIf(isRoot && process.platform === 'linux');

testAsRoot('PostgreSQL runs as an unprivileged user, also in a folder that is closed to it', { timeout: slowTestMs }, async () => {
  const dataDir = await makeTestDataDir();
  const { connectionString, close } = await open(dataDir);
  const { cluster } = layOut(dataDir);
  const server = await readPostmaster(cluster);
  expect((await stat(`/proc/${server?.pid}`)).uid).not.toBe(0);
  expect((await stat(`/proc/${server?.pid}`)).uid).toBe((await stat(cluster)).uid);
  expect((await stat(dirname(dataDir))).mode & 0o777).toBe(0o700);
  expect(await query(connectionString, 'select 1 as one')).toEqual([1]);
  await close();
});

testAsRoot('no capability is passed on where the user reaches its files without one', async () => {
  const dataDir = await makeReachableDataDir();
  const runner = { kind: 'account', account: somebody } as const;
  const launch = await prepareLaunch({ runner, dataDir, program: '/bin/sh' });
  expect(launch.value?.kind).toBe('account');
  expect((await stat(dataDir)).mode & 0o777).toBe(0o710);
  expect((await stat(dataDir)).gid).toBe(somebody.gid);
});

testAsRoot('the capability that only reads is passed on where a folder is closed', async () => {
  const dataDir = await makeReachableDataDir();
  await chmod(dirname(dataDir), 0o700);
  const runner = { kind: 'account', account: somebody } as const;
  const launch = await prepareLaunch({ runner, dataDir, program: '/bin/sh' });
  expect(launch.value).toMatchObject({ kind: 'capable', capability: 'dac_read_search' });
});

testAsRoot('where only the capability to override is left, that one serves', { timeout: slowTestMs }, async () => {
  const dataDir = await makeTestDataDir();
  const member = await startMember(dataDir, withoutCapabilities('dac_read_search'));
  expect(member.diagnostics).toEqual([]);
  expect(await query(member.connectionString ?? '', 'select 1 as one')).toEqual([1]);
  await member.leave();
  expect(await isRunning(dataDir)).toBe(false);
});

testAsRoot('where no capability is left, the closed folder and the ways out are named', { timeout: slowTestMs }, async () => {
  const dataDir = await makeTestDataDir();
  const member = await startMember(dataDir, withoutCapabilities('dac_read_search', 'dac_override'));
  expect(member.diagnostics.map((each) => each.code)).toEqual(['T7004']);
  const detail = member.diagnostics[0]?.detail ?? '';
  for (const word of ['closed', '--data-dir', 'another user', 'setpriv', 'DATABASE_URL']) expect(detail).toContain(word);
  await member.leave();
});

testAsRoot('a user that does not exist, or is root, is refused', { timeout: slowTestMs }, async () => {
  for (const user of ['no-such-user', 'root']) {
    const opened = await openEmbedded({ dataDir: await makeTestDataDir(), user });
    expect(opened.diagnostics.map((each) => each.code)).toEqual(['T7003']);
  }
});

testAsRoot('the owner of a cluster keeps it until another user is asked for', { timeout: slowTestMs }, async () => {
  const dataDir = await makeTestDataDir();
  const { cluster } = layOut(dataDir);
  const owner = async () => (await stat(join(cluster, 'global', 'pg_control'))).uid;
  await (await open(dataDir, { user: 'nobody' })).close();
  const nobody = await owner();
  await (await open(dataDir)).close();
  expect(await owner()).toBe(nobody);
  await (await open(dataDir, { user: 'daemon' })).close();
  expect(await owner()).not.toBe(nobody);
});

testAsRoot('a user without a passwd entry is told the cure', { timeout: slowTestMs }, async () => {
  const dataDir = await makeReachableDataDir();
  await chown(dataDir, somebody.uid, somebody.gid);
  const member = await startMember(dataDir, asUser(somebody.uid));
  expect(member.diagnostics.map((each) => each.code)).toEqual(['T7005']);
  expect(member.diagnostics[0]?.detail).toContain('/etc/passwd');
  await member.leave();
});

testAsRoot('a folder of somebody else is reported to a user that may not write it', { timeout: slowTestMs }, async () => {
  const dataDir = await makeReachableDataDir();
  const member = await startMember(dataDir, asUser(somebody.uid));
  expect(member.diagnostics.map((each) => each.code)).toEqual(['T7010']);
  await member.leave();
});

test('whoever is not root runs PostgreSQL as themselves', async () => {
  const runner = await chooseRunner({ isRoot: false, user: 'nobody' });
  expect(runner).toEqual({ value: { kind: 'self' }, diagnostics: [] });
  const launch = await prepareLaunch({ runner: { kind: 'self' }, dataDir: tmpdir(), program: '/bin/sh' });
  expect(launch).toEqual({ value: { kind: 'self' }, diagnostics: [] });
});
