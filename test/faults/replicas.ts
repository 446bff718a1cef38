import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createClient, type Client } from '../../src/client/index.ts';
import { createTestDatabase } from '../support/test-database.ts';

const program = join(import.meta.dirname, '..', '..', 'src', 'main', 'tutti.ts');

/** One of several `tutti serve` on one database. */
export interface Replica {
  readonly client: Client;
  readonly child: ChildProcess;
  /** What it wrote. */
  said(): string;
}

/** Where several of them work together. */
export interface Replicas {
  /** Programs of provisioner files are looked for here, and targets may write here. */
  readonly folder: string;
  readonly databaseUrl: string;
  start(): Promise<Replica>;
}

/** A database and a folder; replicas share both, and the key of the installation. */
export async function openReplicas(): Promise<Replicas> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-faults-'));
  const databaseUrl = await createTestDatabase();
  const key = randomBytes(32).toString('hex');
  const children: ChildProcess[] = [];
  let count = 0;
  onTestFinished(async () => {
    await Promise.all(children.map(endForGood));
    await rm(folder, { recursive: true, force: true });
  });
  return {
    folder,
    databaseUrl,
    start: async () => {
      const dataDir = join(folder, `replica-${++count}`);
      await mkdir(dataDir, { recursive: true, mode: 0o700 });
      await writeFile(join(dataDir, 'key'), `${key}\n`, { mode: 0o600 });
      const child = spawn(process.execPath, [program, 'serve', '--listen', '127.0.0.1:0', '--data-dir', dataDir], {
        cwd: folder,
        env: { ...process.env, DATABASE_URL: databaseUrl, TUTTI_PROGRAMS: 'on' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.push(child);
      const { url, said } = await untilListening(child);
      const token = (await readFile(join(dataDir, 'admin-token'), 'utf8')).trim();
      return { client: createClient({ baseUrl: url, token, fetch: (to, init) => fetch(to, init) }), child, said };
    },
  };
}

async function untilListening(child: ChildProcess): Promise<{ readonly url: string; readonly said: () => string }> {
  let text = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      const [, url] = /listens on (\S+)/.exec(text) ?? [];
      if (url !== undefined) resolve({ url, said: () => text });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
}

/** Also one that is stopped. */
async function endForGood(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
