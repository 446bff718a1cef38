import { diagnose, fail, hasErrors, succeed, type Outcome } from '../../core/index.ts';
import { chooseRunner, type Owner } from './account.ts';
import { findBinaries } from './binaries.ts';
import { findOwner, prepareCluster, readPassword } from './cluster.ts';
import { checkConnection, makeConnectionString } from './connection.ts';
import { explainSystemError } from './failure.ts';
import { prepareLaunch } from './launch.ts';
import { layOut, makeDataDir, type Layout } from './layout.ts';
import { isForeignOrigin, noteOrigin } from './origin.ts';
import type { Postmaster } from './postmaster.ts';
import { tryLock, waitForLock, type ProcessLock } from './process-lock.ts';
import { awaitSettled, startServer, stopServer, type Settings, type StartRequest } from './server.ts';

export interface EmbeddedOptions {
  /** The data folder (`.tutti`); made where absent. */
  readonly dataDir: string;
  readonly signal?: AbortSignal | undefined;
  /** Told what takes long, in a sentence. */
  readonly onNotice?: ((message: string) => void) | undefined;
  /** Who runs PostgreSQL when tutti runs as root; by default what TUTTI_POSTGRES_USER says. */
  readonly user?: string | undefined;
  /** Further settings of PostgreSQL. They take effect when this call is the one that starts the server. */
  readonly settings?: Settings | undefined;
}

/** A process's share in the PostgreSQL of a data folder. */
export interface EmbeddedPostgres {
  readonly connectionString: string;
  /** Leaves. The last process that leaves stops the server. */
  readonly close: () => Promise<void>;
}

const lockTimeoutMs = 180_000;

/**
 * Opens the PostgreSQL of a data folder: makes it at first use, starts it, or joins the one that runs.
 *
 * Rule: starting and stopping happen under the start lock. Every process that uses the server holds a share of the
 * member lock, from before it gives the start lock back until it leaves; so whoever can take the member lock alone is
 * the last. Both locks die with their process: nothing that is killed leaves anything behind but a running server,
 * which the next process joins and the last one stops.
 * Shape: data folder in, connection string out; first use takes as long as `initdb`, a later start some 50 ms.
 * Reports: T7001 to T7011, T7013. An aborted signal rejects with its reason.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Outcome<EmbeddedPostgres>> {
  try {
    const layout = layOut(await makeDataDir(options.dataDir));
    const lock = await waitForLock(layout.startLock, {
      timeoutMs: lockTimeoutMs,
      signal: options.signal,
      onBusy: () => options.onNotice?.('Waiting for another tutti process, which starts or stops the database.'),
    });
    if (!lock) return reportBusy(layout);
    try {
      return await join(layout, options);
    } finally {
      lock.release();
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    const problem = explainSystemError(options.dataDir, error);
    if (!problem) throw error;
    return fail(problem);
  }
}

/** Becomes a member, then makes sure that the server runs. The caller holds the start lock. */
async function join(layout: Layout, options: EmbeddedOptions): Promise<Outcome<EmbeddedPostgres>> {
  const isAlone = takeAlone(layout);
  const member = tryLock(layout.memberLock, 'shared');
  if (!member) return reportBusy(layout);
  let connectionString: string | undefined;
  try {
    const opened = await ensureRunning(layout, options, isAlone ? 'alone' : 'shared');
    connectionString = opened.value;
    if (connectionString === undefined) return fail(...opened.diagnostics);
    return succeed({ connectionString, close: makeClose(layout, member, options) });
  } finally {
    if (connectionString === undefined) await leave(layout, member);
  }
}

function takeAlone(layout: Layout): boolean {
  const alone = tryLock(layout.memberLock, 'exclusive');
  alone?.release();
  return alone !== undefined;
}

async function ensureRunning(layout: Layout, options: EmbeddedOptions, usage: 'alone' | 'shared'): Promise<Outcome<string>> {
  void import('pg'); // Takes as long as a start does; the two go on side by side.
  const settled = await awaitSettled(layout.cluster, options.signal);
  if (!settled && usage === 'shared' && (await isForeignOrigin(layout.origin))) return reportForeignUse(layout);
  const running = settled ? succeed(settled) : await makeRunning(layout, options);
  if (!running.value) return fail(...running.diagnostics);
  const password = await readPassword(layout);
  if (password === undefined) return reportNoPassword(layout);
  const connectionString = makeConnectionString(running.value.port, password);
  const checked = await checkConnection(connectionString, layout);
  return hasErrors(checked.diagnostics) ? fail(...checked.diagnostics) : succeed(connectionString);
}

async function makeRunning(layout: Layout, options: EmbeddedOptions): Promise<Outcome<Postmaster>> {
  const owner = await findOwner(layout.cluster);
  const prepared = await prepareStart(layout, options, owner);
  if (!prepared.value) return fail(...prepared.diagnostics);
  const request = prepared.value;
  if (!owner) options.onNotice?.(`Making a database in ${layout.dataDir}.`);
  const cluster = await prepareCluster({ ...request, durability: request.settings['fsync'] === 'off' ? 'unsynced' : 'synced' });
  if (hasErrors(cluster.diagnostics)) return fail(...cluster.diagnostics);
  await noteOrigin(layout.origin);
  const started = await startServer(request);
  if (started.value) return started;
  // A starter that was killed may have got its server up in the meantime: then ours gave way to it.
  const other = await awaitSettled(layout.cluster, options.signal);
  return other?.status === 'ready' ? succeed(other) : started;
}

/** Finds the programs, and who runs them in which way. */
async function prepareStart(layout: Layout, options: EmbeddedOptions, owner: Owner | undefined): Promise<Outcome<StartRequest>> {
  const { user = process.env['TUTTI_POSTGRES_USER'], settings = {}, signal } = options;
  const binaries = await findBinaries();
  if (!binaries.value) return fail(...binaries.diagnostics);
  const runner = await chooseRunner({ isRoot: process.geteuid?.() === 0, user: user || undefined, owner });
  if (!runner.value) return fail(...runner.diagnostics);
  const launch = await prepareLaunch({ runner: runner.value, dataDir: layout.dataDir, program: binaries.value.postgres });
  if (!launch.value) return fail(...launch.diagnostics);
  return succeed({ layout, binaries: binaries.value, launch: launch.value, settings, signal });
}

function makeClose(layout: Layout, member: ProcessLock, options: EmbeddedOptions): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const close = async () => {
    const lock = await waitForLock(layout.startLock, { timeoutMs: lockTimeoutMs });
    if (!lock) {
      member.release();
      options.onNotice?.('The database was left running, because another tutti process keeps it busy.');
      return;
    }
    try {
      const isStopped = await leave(layout, member);
      if (!isStopped) options.onNotice?.(`The database in ${layout.dataDir} did not stop in time and still runs.`);
    } finally {
      lock.release();
    }
  };
  return () => (closing ??= close());
}

/** Ends the membership; the last one stops the server. The caller holds the start lock. */
async function leave(layout: Layout, member: ProcessLock): Promise<boolean> {
  member.release();
  const alone = tryLock(layout.memberLock, 'exclusive');
  if (!alone) return true;
  try {
    return await stopServer(layout.cluster);
  } finally {
    alone.release();
  }
}

function reportBusy(layout: Layout): Outcome<never> {
  return fail(
    diagnose('T7009', {
      detail: `Another process has been starting or stopping the PostgreSQL of ${layout.dataDir} for more than ${lockTimeoutMs / 1000} s. End or resume it.`,
    }),
  );
}

function reportForeignUse(layout: Layout): Outcome<never> {
  return fail(
    diagnose('T7013', {
      detail: `Processes of another container or machine use ${layout.dataDir}, and their PostgreSQL cannot be seen from here. End them, or let both use one PostgreSQL by DATABASE_URL.`,
    }),
  );
}

function reportNoPassword(layout: Layout): Outcome<never> {
  return fail(
    diagnose('T7007', {
      detail: `The file ${layout.password} is missing; without it the cluster beside it cannot be opened. Put it back from a backup, or choose another data folder with --data-dir.`,
    }),
  );
}
