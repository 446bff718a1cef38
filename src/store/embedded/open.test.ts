import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { layOut } from './layout.ts';
import { openEmbedded } from './open.ts';
import { isRunning, makeTestDataDir, makeTestFolder, open, query, slowTestMs } from './test-support.ts';

/** One cluster for the tests that need no first start; each of them leaves it stopped and whole. */
let shared = '';

beforeAll(async () => {
  const folder = await makeTestFolder();
  shared = folder.dataDir;
  await (await open(shared)).close();
  return folder.remove;
}, slowTestMs);

test('the first use makes a cluster in UTF-8 with the C locale that syncs to disk', { timeout: slowTestMs }, async () => {
  const dataDir = shared;
  const { connectionString, close } = await open(dataDir);
  const settings = await query(
    connectionString,
    `select current_setting('server_encoding'), datcollate, current_setting('fsync'), current_setting('listen_addresses'),
            current_setting('unix_socket_directories'), current_setting('data_checksums')
     from pg_database where datname = current_database()`,
  );
  expect(settings).toEqual(['UTF8', 'C', 'on', '127.0.0.1', '', 'on']);
  await close();
  expect(await isRunning(dataDir)).toBe(false);
});

test('a second use finds what the first one stored, and what the server kept is closed to others', { timeout: slowTestMs }, async () => {
  const dataDir = shared;
  const first = await open(dataDir);
  await query(first.connectionString, 'create table kept as select 42 as answer');
  await first.close();
  const second = await open(dataDir);
  expect(await query(second.connectionString, 'select answer from kept')).toEqual([42]);
  await second.close();
  const layout = layOut(dataDir);
  expect((await stat(layout.password)).mode & 0o777).toBe(0o600);
  expect((await stat(layout.log)).mode & 0o777).toBe(0o600);
  expect((await stat(layout.cluster)).mode & 0o777).toBe(0o700);
  expect((await stat(dataDir)).mode & 0o007).toBe(0);
});

test('a connection without the password is refused', { timeout: slowTestMs }, async () => {
  const { connectionString, close } = await open(shared);
  const guessed = new URL(connectionString);
  guessed.password = 'guessed';
  await expect(query(guessed.href, 'select 1')).rejects.toThrow('password authentication failed');
  await close();
});

test('closing twice is closing once', { timeout: slowTestMs }, async () => {
  const dataDir = shared;
  const mine = await open(dataDir);
  const other = await open(dataDir);
  await Promise.all([mine.close(), mine.close()]);
  await mine.close();
  expect(await query(other.connectionString, 'select 1 as one')).toEqual([1]);
  await other.close();
  expect(await isRunning(dataDir)).toBe(false);
});

test('a folder of another major version is refused and left as it is', async () => {
  const dataDir = await makeTestDataDir();
  const { cluster, password } = layOut(dataDir);
  await mkdir(cluster, { recursive: true });
  await writeFile(join(cluster, 'PG_VERSION'), '12\n');
  const opened = await openEmbedded({ dataDir });
  expect(opened.value).toBeUndefined();
  expect(opened.diagnostics.map((each) => each.code)).toEqual(['T7006']);
  expect(opened.diagnostics[0]?.detail).toContain('PostgreSQL 12');
  expect(await readFile(join(cluster, 'PG_VERSION'), 'utf8')).toBe('12\n');
  await expect(stat(password)).rejects.toThrow('ENOENT');
});

test('a folder that holds something else is refused and left as it is', async () => {
  const dataDir = await makeTestDataDir();
  const { cluster } = layOut(dataDir);
  await mkdir(cluster, { recursive: true });
  await writeFile(join(cluster, 'notes.txt'), 'mine');
  const opened = await openEmbedded({ dataDir });
  expect(opened.diagnostics.map((each) => each.code)).toEqual(['T7007']);
  expect(await readFile(join(cluster, 'notes.txt'), 'utf8')).toBe('mine');
});

test('a cluster whose password is missing or wrong is reported, and its server does not stay', { timeout: slowTestMs }, async () => {
  const { password } = layOut(shared);
  const kept = await readFile(password, 'utf8');
  await writeFile(password, 'another\n');
  const wrong = await openEmbedded({ dataDir: shared });
  await rm(password);
  const missing = await openEmbedded({ dataDir: shared });
  await writeFile(password, kept, { mode: 0o600 });
  expect(wrong.diagnostics.map((each) => each.code)).toEqual(['T7007']);
  expect(missing.diagnostics.map((each) => each.code)).toEqual(['T7007']);
  expect(await isRunning(shared)).toBe(false);
});

test('a damaged cluster is reported with the last lines of the log', { timeout: slowTestMs }, async () => {
  const control = join(layOut(shared).cluster, 'global', 'pg_control');
  await rename(control, `${control}.away`);
  const opened = await openEmbedded({ dataDir: shared });
  await rename(`${control}.away`, control);
  expect(opened.diagnostics.map((each) => each.code)).toEqual(['T7008']);
  expect(opened.diagnostics[0]?.detail).toContain('could not find the database system');
});

test('a data folder that cannot be made is reported', async () => {
  const parent = join(await makeTestDataDir(), '..');
  await writeFile(join(parent, 'file'), '');
  const opened = await openEmbedded({ dataDir: join(parent, 'file', '.tutti') });
  expect(opened.diagnostics.map((each) => each.code)).toEqual(['T7010']);
});

test('a half-made cluster of a process that died is cleared away', { timeout: slowTestMs }, async () => {
  const dataDir = await makeTestDataDir();
  const leftover = join(dataDir, 'postgres.new-abcdef');
  await mkdir(join(leftover, 'data'), { recursive: true });
  await chmod(leftover, 0o700);
  const { close } = await open(dataDir);
  await expect(stat(leftover)).rejects.toThrow('ENOENT');
  await close();
});

test('an aborted start rejects with the reason and leaves no server', { timeout: slowTestMs }, async () => {
  const dataDir = await makeTestDataDir();
  const controller = new AbortController();
  const opening = openEmbedded({ dataDir, signal: controller.signal, onNotice: () => controller.abort(new Error('enough')) });
  await expect(opening).rejects.toThrow('enough');
  expect(await isRunning(dataDir)).toBe(false);
});
