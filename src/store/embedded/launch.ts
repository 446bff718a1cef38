import { chmod, chown, readFile, realpath, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { diagnose, fail, succeed, unreachable, type Outcome } from '../../core/index.ts';
import type { Account, Runner } from './account.ts';
import { findClosedFolder } from './reach.ts';

/** How programs of PostgreSQL are run: as ourselves, as a user, or as a user that may pass closed folders. */
export type Launch =
  | { readonly kind: 'self' }
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'capable'; readonly account: Account; readonly setpriv: string; readonly capability: Capability };

type Capability = 'dac_read_search' | 'dac_override';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

export interface LaunchRequest {
  readonly runner: Runner;
  readonly dataDir: string;
  /** A program of PostgreSQL, whose folder must be reachable too. */
  readonly program: string;
}

/**
 * Decides how PostgreSQL is run, so that its user reaches the data folder and the binaries.
 * Rule: the least that suffices; a capability to pass closed folders only where one is in the way.
 */
export async function prepareLaunch(request: LaunchRequest): Promise<Outcome<Launch>> {
  if (request.runner.kind === 'self') return succeed({ kind: 'self' });
  const { account } = request.runner;
  await openDataDir(request.dataDir, account);
  const closed =
    (await findClosedFolder(join(request.dataDir, 'postgres'), account)) ??
    (await findClosedFolder(await realpath(request.program), account));
  if (closed === undefined) return succeed({ kind: 'account', account });
  const setpriv = await findProgram('setpriv');
  const capability = await findCapability();
  if (setpriv === undefined || capability === undefined) return reportClosed(account, closed);
  return succeed({ kind: 'capable', account, setpriv, capability });
}

/** Puts a command of PostgreSQL into the form that runs it under the right user. */
export function makeCommand(launch: Launch, program: string, args: readonly string[]): Command {
  switch (launch.kind) {
    case 'self':
      return { file: program, args, identity: {} };
    case 'account':
      return { file: program, args, identity: { uid: launch.account.uid, gid: launch.account.gid } };
    case 'capable':
      return { file: launch.setpriv, args: [...listPrivileges(launch.account, launch.capability), '--', program, ...args], identity: {} };
    default:
      return unreachable(launch);
  }
}

/** The environment of PostgreSQL's programs: nothing of ours (PGPORT, PGDATA, LC_*) shall steer them. */
export function makeEnvironment(): NodeJS.ProcessEnv {
  const { PATH, LD_LIBRARY_PATH } = process.env;
  return { LC_ALL: 'C', TZ: 'UTC', ...(PATH && { PATH }), ...(LD_LIBRARY_PATH && { LD_LIBRARY_PATH }) };
}

/** `no_setuid_fixup` makes access(2), by which PostgreSQL looks for its own files, honour the capability as well. */
function listPrivileges(account: Account, capability: Capability): readonly string[] {
  return [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--securebits=+no_setuid_fixup',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
  ];
}

/** The user of PostgreSQL may pass through the data folder, not list it. */
async function openDataDir(dataDir: string, account: Account): Promise<void> {
  const rights = await stat(dataDir);
  if (rights.uid === account.uid || (rights.mode & 0o001) !== 0) return;
  if (rights.gid !== account.gid) await chown(dataDir, rights.uid, account.gid);
  if ((rights.mode & 0o777) !== 0o710) await chmod(dataDir, 0o710);
}

async function findProgram(name: string): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  for (const folder of [...folders, '/usr/bin', '/bin']) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile() && (found.mode & 0o111) !== 0) return join(folder, name);
  }
  return undefined;
}

async function findCapability(): Promise<Capability | undefined> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  return chooseCapability(status);
}

/** Chooses, from the text of /proc/self/status, a capability that may be passed on; the one that only reads first. */
export function chooseCapability(status: string): Capability | undefined {
  const held = readSet(status, 'CapPrm') & readSet(status, 'CapBnd');
  if ((held & (1n << 2n)) !== 0n) return 'dac_read_search';
  if ((held & (1n << 1n)) !== 0n) return 'dac_override';
  return undefined;
}

function readSet(status: string, name: string): bigint {
  const hex = new RegExp(`^${name}:\\s*([0-9a-f]+)$`, 'm').exec(status)?.[1];
  return hex === undefined ? 0n : BigInt(`0x${hex}`);
}

function reportClosed(account: Account, folder: string): Outcome<never> {
  return fail(
    diagnose('T7004', {
      detail: `tutti runs as root, so PostgreSQL runs as ${account.name}, for whom the folder ${folder} is closed. Choose a reachable folder with --data-dir, run tutti as another user, open that folder (chmod o+x), install setpriv (util-linux), or set DATABASE_URL.`,
    }),
  );
}
