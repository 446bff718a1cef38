import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What PostgreSQL says about its running server in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: 'starting' | 'ready' | 'stopping';
}

/** Reads the pid file of a cluster, whether or not its server still lives. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '');
  return parsePostmaster(text);
}

/** Parses a pid file: process on line 1, port on line 4, status on line 8. A half-written one counts as starting. */
export function parsePostmaster(text: string): Postmaster | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const port = Number(lines[3] ?? '');
  const status = lines[7] === 'ready' || lines[7] === 'stopping' ? lines[7] : 'starting';
  return { pid, port: Number.isSafeInteger(port) ? port : 0, status };
}

/** Finds the living server of a cluster. A pid that meanwhile means another process does not count. */
export async function findRunning(cluster: string): Promise<Postmaster | undefined> {
  const postmaster = await readPostmaster(cluster);
  if (!postmaster || !exists(postmaster.pid)) return undefined;
  const command = await readCommand(postmaster.pid);
  return command?.includes(cluster) ? postmaster : undefined;
}

/**
 * Makes a pid file that a dead server left harmless. PostgreSQL refuses to start while the pid in it exists, even
 * where it now means another process; but it disregards its own parent's, and goes on to check the shared memory.
 * So the pid becomes ours, and the rest stays.
 */
export async function adoptStalePidFile(cluster: string): Promise<void> {
  const stale = await readPostmaster(cluster);
  if (!stale || !exists(stale.pid)) return;
  // The folder belongs to an unprivileged user: root must not follow a link that was put there.
  const file = await open(pidFile(cluster), constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    const rest = (await file.readFile('utf8')).split('\n').slice(1);
    await file.truncate(0);
    await file.write([process.pid, ...rest].join('\n'), 0);
  } finally {
    await file.close();
  }
}

function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The command line of a process; nothing for one that is gone or waits to be reaped. */
async function readCommand(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    (result) => result.stdout,
    () => undefined,
  );
}
