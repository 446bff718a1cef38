import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { diagnose, fail, succeed, type Outcome } from '../../core/index.ts';
import type { Binaries } from './binaries.ts';
import { explainFailure } from './failure.ts';
import { makeCommand, makeEnvironment, type Launch } from './launch.ts';
import type { Layout } from './layout.ts';
import { openLog, type ServerLog } from './log.ts';
import { adoptStalePidFile, findRunning, readPostmaster, type Postmaster } from './postmaster.ts';

/** Settings of PostgreSQL's configuration, by name. */
export type Settings = Readonly<Record<string, string>>;

export interface StartRequest {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly launch: Launch;
  readonly settings: Settings;
  readonly signal?: AbortSignal | undefined;
}

const pollMs = 3;
const startTimeoutMs = 120_000;
const stopTimeoutMs = 30_000;
const portAttemptsMax = 5;

/** Small, quick to start, nothing but the loopback, and no statement in the log, because it may hold values. */
const baseSettings: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '32MB',
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  max_logical_replication_workers: '0',
  max_worker_processes: '4',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

type Ending = { readonly kind: 'ready' } | { readonly kind: 'ended'; readonly output: string } | { readonly kind: 'late' };

/**
 * Starts the server of a cluster and waits until it accepts connections.
 * Rule: the caller holds the start lock. The port of the last time is tried first, so that processes which outlived
 * a crash of the server find it again.
 */
export async function startServer(request: StartRequest): Promise<Outcome<Postmaster>> {
  const { layout } = request;
  const previous = await readPostmaster(layout.cluster);
  await adoptStalePidFile(layout.cluster);
  const log = await openLog(layout.log);
  try {
    let preferred = previous?.port ?? 0;
    for (let attempt = 1; ; attempt++) {
      const port = await findFreePort(preferred);
      const ending = await launchServer(request, log, port);
      if (ending.kind === 'ready') return succeed(await expectRunning(layout.cluster));
      if (ending.kind === 'late') return reportLate(layout, await log.readTail());
      const isPortTaken = /could not create any TCP\/IP sockets/.test(ending.output);
      if (!isPortTaken || attempt === portAttemptsMax) return fail(explainFailure({ dataDir: layout.dataDir, output: ending.output }));
      preferred = 0;
    }
  } finally {
    await log.file.close();
  }
}

/** Waits until a server that somebody else started is ready, or until it is gone. */
export async function awaitSettled(cluster: string, signal?: AbortSignal): Promise<Postmaster | undefined> {
  const start = performance.now();
  for (;;) {
    const found = await findRunning(cluster);
    if (!found || found.status === 'ready' || performance.now() - start > startTimeoutMs) return found;
    await wait(pollMs, undefined, { signal });
  }
}

/** Stops a server: fast, then, if it does not comply, at once. Says whether it is gone. */
export async function stopServer(cluster: string): Promise<boolean> {
  for (const kind of ['SIGINT', 'SIGQUIT'] as const) {
    const running = await findRunning(cluster);
    if (!running) return true;
    signalProcess(running.pid, kind);
    if (await isGoneInTime(cluster, running.pid)) return true;
  }
  return false;
}

async function isGoneInTime(cluster: string, pid: number): Promise<boolean> {
  const start = performance.now();
  while (performance.now() - start < stopTimeoutMs) {
    if ((await findRunning(cluster))?.pid !== pid) return true;
    await wait(pollMs);
  }
  return false;
}

async function launchServer(request: StartRequest, log: ServerLog, port: number): Promise<Ending> {
  const { layout, binaries, launch, signal } = request;
  const settings = Object.entries({ ...baseSettings, ...request.settings, port: String(port) });
  const args = ['-D', layout.cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const command = makeCommand(launch, binaries.postgres, args);
  const child = spawn(command.file, [...command.args], {
    ...command.identity,
    // A session of its own: Ctrl-C and a closed terminal do not reach it.
    detached: true,
    stdio: ['ignore', log.file.fd, log.file.fd],
    env: makeEnvironment(),
    cwd: '/',
  });
  const ending = watchEnd(child);
  child.unref();
  try {
    return await awaitReady({ child, cluster: layout.cluster, ending, log, signal });
  } catch (error) {
    child.kill('SIGQUIT');
    throw error;
  }
}

interface ChildEnd {
  error?: string;
  isOver: boolean;
}

function watchEnd(child: ChildProcess): ChildEnd {
  const end: ChildEnd = { isOver: false };
  child.once('error', (error) => Object.assign(end, { isOver: true, error: error.message }));
  child.once('exit', () => Object.assign(end, { isOver: true }));
  return end;
}

interface ReadyWait {
  readonly child: ChildProcess;
  readonly cluster: string;
  readonly ending: ChildEnd;
  readonly log: ServerLog;
  readonly signal?: AbortSignal | undefined;
}

async function awaitReady({ child, cluster, ending, log, signal }: ReadyWait): Promise<Ending> {
  const start = performance.now();
  for (;;) {
    if (ending.isOver) return { kind: 'ended', output: ending.error ?? (await log.readTail()) };
    const seen = await readPostmaster(cluster);
    if (seen?.pid === child.pid && seen?.status === 'ready') return { kind: 'ready' };
    if (performance.now() - start > startTimeoutMs) {
      child.kill('SIGQUIT');
      return { kind: 'late' };
    }
    await wait(pollMs, undefined, { signal });
  }
}

async function expectRunning(cluster: string): Promise<Postmaster> {
  const running = await readPostmaster(cluster);
  if (!running) throw new Error('PostgreSQL ended right after it was ready');
  return running;
}

function reportLate(layout: Layout, output: string): Outcome<never> {
  return fail(
    diagnose('T7008', {
      detail: `The server of ${layout.dataDir} was not ready after ${startTimeoutMs / 1000} s and was stopped. Its log says:\n${output}`,
    }),
  );
}

function signalProcess(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which the caller sees.
  }
}

/** Finds a port that is free on the loopback: the preferred one if it is. */
function findFreePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (preferred === 0 ? reject(error) : resolve(findFreePort(0))));
    probe.listen(preferred, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
