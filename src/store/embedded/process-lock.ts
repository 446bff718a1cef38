import { setTimeout as wait } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';

/**
 * Locks on files that die with their process. Node offers no such lock by itself, but the SQLite within it does: a
 * transaction on an empty database file takes the operating system's lock and writes nothing.
 *
 * A lock file must not be opened by other means in a process that holds it: closing it would drop the lock (POSIX).
 */
export interface ProcessLock {
  readonly release: () => void;
}

const pollMs = 5;
const busy = 5;

type Mode = 'exclusive' | 'shared';

/** The journal stays in memory: otherwise a killed process would leave one on the disk, which the next has to undo. */
const statements = {
  exclusive: 'PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE',
  shared: 'PRAGMA journal_mode = MEMORY; BEGIN; SELECT 1 FROM sqlite_schema',
} as const satisfies Record<Mode, string>;

/** Takes the lock if it is free, else nothing. */
export function tryLock(file: string, mode: Mode): ProcessLock | undefined {
  const database = openDatabase(file);
  try {
    database.exec(statements[mode]);
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return { release: () => database.isOpen && database.close() };
}

export interface LockWait {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the lock was not free for a while. */
  readonly onBusy?: (() => void) | undefined;
}

/** Waits for the exclusive lock; nothing when it was not free in time. */
export async function waitForLock(file: string, options: LockWait): Promise<ProcessLock | undefined> {
  const noticeMs = 2_000;
  let isNoticed = false;
  const start = performance.now();
  for (;;) {
    options.signal?.throwIfAborted();
    const lock = tryLock(file, 'exclusive');
    const waitedMs = performance.now() - start;
    if (lock || waitedMs > options.timeoutMs) return lock;
    if (!isNoticed && waitedMs > noticeMs) {
      isNoticed = true;
      options.onBusy?.();
    }
    // Spread, so that many waiting processes do not poll in step.
    await wait(pollMs + Math.random() * pollMs, undefined, { signal: options.signal });
  }
}

function openDatabase(file: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  return new DatabaseSync(file, { timeout: 0 });
}

/** Older releases of Node print a warning that SQLite is experimental; only its locks are used here. */
function loadSqlite(): typeof import('node:sqlite') {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  return typeof error.errcode === 'number' && (error.errcode & 0xff) === busy;
}
