import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, lchown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { diagnose, fail, succeed, type Diagnostic, type Outcome } from '../../core/index.ts';
import type { Account, Owner } from './account.ts';
import type { Binaries } from './binaries.ts';
import { explainFailure } from './failure.ts';
import { makeCommand, makeEnvironment, type Launch } from './launch.ts';
import { stagingPrefix, type Layout } from './layout.ts';
import { lastLines } from './log.ts';

/** The role that owns the cluster. */
export const superuser = 'tutti';

export interface ClusterRequest {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly launch: Launch;
  readonly durability: 'synced' | 'unsynced';
  readonly signal?: AbortSignal | undefined;
}

/** Who owns the folder of a cluster; nothing when there is none. */
export async function findOwner(cluster: string): Promise<Owner | undefined> {
  return stat(cluster).catch(() => undefined);
}

/** Makes the cluster where there is none; else checks that it fits our binaries. Touches nothing that does not fit. */
export async function prepareCluster(request: ClusterRequest): Promise<Outcome<void>> {
  const { layout, binaries, launch } = request;
  const version = await readVersion(layout.cluster);
  if (version === undefined) {
    return (await isAbsentOrEmpty(layout.cluster)) ? makeCluster(request) : fail(reportForeign(layout));
  }
  if (version !== binaries.major) return fail(reportVersion(layout, version, binaries.major));
  if (launch.kind !== 'self') await giveTo(layout.cluster, launch.account);
  return succeed(undefined);
}

/** The password of the cluster; nothing when its file is missing. */
export async function readPassword(layout: Layout): Promise<string | undefined> {
  const text = await readFile(layout.password, 'utf8').catch(() => '');
  return text.trim() || undefined;
}

async function readVersion(cluster: string): Promise<string | undefined> {
  const text = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

async function isAbsentOrEmpty(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch(() => []);
  return entries.length === 0;
}

/** Made beside and renamed when complete: a process that dies on the way leaves no half-made cluster behind. */
async function makeCluster(request: ClusterRequest): Promise<Outcome<void>> {
  const { layout, launch } = request;
  await removeLeftovers(layout.dataDir);
  const staging = await mkdtemp(join(layout.dataDir, stagingPrefix));
  try {
    const password = await keepPassword(layout);
    await writeFile(join(staging, 'password'), password, { mode: 0o600 });
    await mkdir(join(staging, 'data'), { mode: 0o700 });
    if (launch.kind !== 'self') await giveTo(staging, launch.account);
    const problem = await runInitdb(request, staging);
    if (problem) return fail(problem);
    await rename(join(staging, 'data'), layout.cluster);
    if (request.durability === 'synced') await syncFolder(layout.dataDir);
    return succeed(undefined);
  } finally {
    await removeFolder(staging);
  }
}

async function runInitdb(request: ClusterRequest, staging: string): Promise<Diagnostic | undefined> {
  const { layout, binaries, launch, durability, signal } = request;
  const command = makeCommand(launch, binaries.initdb, [
    `--pgdata=${join(staging, 'data')}`,
    `--pwfile=${join(staging, 'password')}`,
    `--username=${superuser}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
    ...(durability === 'unsynced' ? ['--no-sync'] : []),
  ]);
  const options = { ...command.identity, cwd: '/', env: makeEnvironment(), signal };
  try {
    await promisify(execFile)(command.file, [...command.args], options);
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    return explainFailure({ dataDir: layout.dataDir, output: describeError(error) });
  }
}

function describeError(error: unknown): string {
  const output: unknown = error instanceof Error && 'stderr' in error ? error.stderr : undefined;
  if (typeof output === 'string' && output !== '') return lastLines(output);
  return String(error);
}

async function keepPassword(layout: Layout): Promise<string> {
  const kept = await readPassword(layout);
  if (kept !== undefined) return kept;
  const password = randomBytes(24).toString('hex');
  await writeFile(layout.password, `${password}\n`, { mode: 0o600 });
  return password;
}

async function removeLeftovers(dataDir: string): Promise<void> {
  const leftovers = (await readdir(dataDir)).filter((name) => name.startsWith(stagingPrefix));
  for (const name of leftovers) await removeFolder(join(dataDir, name));
}

/** Tried again, because an `initdb` that was just killed may still write for a moment. */
function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
}

/** Links are not followed: what lies in the folder was written by an unprivileged user. */
async function giveTo(folder: string, account: Account): Promise<void> {
  const owner = await stat(folder);
  if (owner.uid === account.uid) return;
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), account.uid, account.gid);
  await chown(folder, account.uid, account.gid);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function reportForeign(layout: Layout): Diagnostic {
  return diagnose('T7007', {
    detail: `The folder ${layout.cluster} is not empty, and no database cluster. Move it away, or choose another data folder with --data-dir.`,
  });
}

function reportVersion(layout: Layout, found: string, ours: string): Diagnostic {
  return diagnose('T7006', {
    detail: `${layout.cluster} was made by PostgreSQL ${found}, and this tutti brings PostgreSQL ${ours}. Nothing was touched. Dump it with a release of tutti that brings ${found} and restore it into a new data folder, upgrade it with pg_upgrade, or choose another data folder with --data-dir.`,
  });
}
