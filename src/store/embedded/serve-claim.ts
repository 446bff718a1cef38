import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { diagnose, fail, succeed, type Outcome } from '../../core/index.ts';
import { explainSystemError } from './failure.ts';
import { makeDataDir } from './layout.ts';
import { tryLock, waitForLock, type ProcessLock } from './process-lock.ts';

/** The `tutti serve` that owns a data folder. */
export interface ServeRecord {
  readonly pid: number;
  /** Where it listens, as a URL. */
  readonly address: string;
}

export interface ServeClaim {
  /** Says where it listens, once that is known for certain. */
  readonly announce: (address: string) => Promise<void>;
  readonly release: () => Promise<void>;
}

/** Readers hold the lock for moments; a living owner for good. */
const claimTimeoutMs = 250;

/**
 * Claims a data folder for one `tutti serve`.
 * Rule: the claim is a lock that dies with its process; the file beside it only says who holds it. So a claim of a
 * process that was killed is taken over, and a pid that means another process by now does no harm.
 * Reports: T7010, T7011, T7012.
 */
export async function claimServe(dataDir: string, { address }: { readonly address: string }): Promise<Outcome<ServeClaim>> {
  try {
    const folder = await makeDataDir(dataDir);
    const lock = await waitForLock(lockFile(folder), { timeoutMs: claimTimeoutMs });
    if (!lock) return reportClaimed(folder, await readRecord(folder));
    await writeRecord(folder, address);
    return succeed(makeClaim(folder, lock));
  } catch (error) {
    const problem = explainSystemError(dataDir, error);
    if (!problem) throw error;
    return fail(problem);
  }
}

/**
 * Finds the living `tutti serve` of a data folder, if there is one.
 * Rule: a record alone is not enough; its lock must be held. A folder that cannot be read has none.
 */
export async function readServe(dataDir: string): Promise<ServeRecord | undefined> {
  const record = await readRecord(dataDir);
  return record && isHeld(dataDir) ? record : undefined;
}

function makeClaim(dataDir: string, lock: ProcessLock): ServeClaim {
  return {
    announce: (address) => writeRecord(dataDir, address),
    release: async () => {
      await rm(recordFile(dataDir), { force: true });
      lock.release();
    },
  };
}

function isHeld(dataDir: string): boolean {
  try {
    const lock = tryLock(lockFile(dataDir), 'shared');
    lock?.release();
    return lock === undefined;
  } catch {
    return false;
  }
}

function lockFile(dataDir: string): string {
  return join(dataDir, 'serve.lock');
}

function recordFile(dataDir: string): string {
  return join(dataDir, 'serve.json');
}

/** Renamed into place: a reader sees the whole of it or nothing. */
async function writeRecord(dataDir: string, address: string): Promise<void> {
  const draft = `${recordFile(dataDir)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify({ pid: process.pid, address })}\n`, { mode: 0o600 });
  await rename(draft, recordFile(dataDir));
}

async function readRecord(dataDir: string): Promise<ServeRecord | undefined> {
  const text = await readFile(recordFile(dataDir), 'utf8').catch(() => '');
  return parseRecord(text);
}

function parseRecord(text: string): ServeRecord | undefined {
  try {
    const record: unknown = JSON.parse(text);
    if (typeof record !== 'object' || record === null) return undefined;
    if (!('pid' in record) || !('address' in record)) return undefined;
    const { pid, address } = record;
    return typeof pid === 'number' && typeof address === 'string' ? { pid, address } : undefined;
  } catch {
    return undefined;
  }
}

function reportClaimed(dataDir: string, record: ServeRecord | undefined): Outcome<never> {
  const who = record ? `the process ${record.pid}, which listens on ${record.address}` : 'another process, which is just starting';
  return fail(
    diagnose('T7012', { detail: `${dataDir} belongs to ${who}. Use that one, end it, or give this one its own folder with --data-dir.` }),
  );
}
