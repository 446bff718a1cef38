import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';
import { onTestFinished } from 'vitest';

import { invariant, type Diagnostic } from '../../core/index.ts';
import { layOut } from './layout.ts';
import { openEmbedded, type EmbeddedOptions, type EmbeddedPostgres } from './open.ts';
import { findRunning } from './postmaster.ts';
import { stopServer } from './server.ts';

/** Starting a server takes a second where nothing else runs, and longer among other tests. */
export const slowTestMs = 120_000;

export interface TestFolder {
  readonly dataDir: string;
  /** Stops the server and removes the folder. */
  readonly remove: () => Promise<void>;
}

/** Makes a data folder in a folder of its own that is closed to others. */
export async function makeTestFolder(): Promise<TestFolder> {
  const parent = await mkdtemp(join(tmpdir(), 'tutti-embedded-'));
  const dataDir = join(parent, '.tutti');
  const remove = async () => {
    await stopServer(layOut(dataDir).cluster);
    await rm(parent, { recursive: true, force: true });
  };
  return { dataDir, remove };
}

/** A data folder of its own, gone after the test. */
export async function makeTestDataDir(): Promise<string> {
  const { dataDir, remove } = await makeTestFolder();
  onTestFinished(remove);
  return dataDir;
}

/** Opens in this process; the test fails with what was reported. */
export async function open(dataDir: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const opened = await openEmbedded({ dataDir, ...options });
  invariant(opened.value, JSON.stringify(opened.diagnostics));
  return opened.value;
}

/** Runs one statement on a connection of its own. */
export async function query(connectionString: string, statement: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const result = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
    return result.rows.flat();
  } finally {
    await client.end();
  }
}

export async function isRunning(dataDir: string): Promise<boolean> {
  return (await findRunning(layOut(dataDir).cluster)) !== undefined;
}

/** Another process that uses a data folder. */
export interface Member {
  readonly connectionString: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Leaves and ends. */
  readonly leave: () => Promise<void>;
  /** Dies at once, as by `kill -9`. */
  readonly kill: () => Promise<void>;
}

const memberProgram = `
import { openEmbedded } from ${JSON.stringify(new URL('open.ts', import.meta.url).href)};
const opened = await openEmbedded({ dataDir: process.argv[1] });
process.on('message', async () => {
  await opened.value?.close();
  process.disconnect();
});
process.send({ connectionString: opened.value?.connectionString, diagnostics: opened.diagnostics });
`;

/** Starts a process that does the same as `open` here, by way of a given command; resolves when it has opened. */
export async function startMember(dataDir: string, prefix: readonly string[] = []): Promise<Member> {
  const child = spawnMember(dataDir, prefix);
  const [message] = await once(child, 'message');
  const report: unknown = message;
  invariant(isReport(report), 'a member reports what it opened');
  return {
    ...report,
    leave: async () => {
      const exited = once(child, 'exit');
      child.send('leave');
      await exited;
    },
    kill: () => killMember(child),
  };
}

/** Starts a process that opens, without waiting for it. */
export function spawnMember(dataDir: string, prefix: readonly string[] = []): ChildProcess {
  const program = [process.execPath, '--input-type=module', '--eval', memberProgram, dataDir];
  const [file = process.execPath, ...args] = prefix.concat(program);
  const child = spawn(file, args, { cwd: '/', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  onTestFinished(() => killMember(child));
  return child;
}

export async function killMember(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

function isReport(value: unknown): value is Pick<Member, 'connectionString' | 'diagnostics'> {
  return typeof value === 'object' && value !== null && 'diagnostics' in value;
}
