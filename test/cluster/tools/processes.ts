import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { recordChildren } from './leftovers.ts';

/** The processes of one cluster: started in an order, ended in the reverse one. */
export interface Processes {
  /** Everything of theirs is here: data, sockets, logs. */
  readonly folder: string;
  /** A log file has the name of the process. */
  start(name: string, path: string, flags: readonly string[]): Promise<void>;
  /** Waits until something holds; the end of the log is in the error if it never does, or if a process ended. */
  until(name: string, holds: () => Promise<boolean>): Promise<void>;
  stop(): Promise<void>;
}

const startMsMax = 60_000;
const pauseMs = 100;
const endMsMax = 10_000;
const logCharacters = 2000;

export function createProcesses(folder: string): Processes {
  const children: ChildProcess[] = [];
  return {
    folder,
    start: async (name, path, flags) => {
      const child = spawn(path, [...flags], { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
      const sink = createWriteStream(join(folder, `${name}.log`));
      child.stdout.pipe(sink, { end: false });
      child.stderr.pipe(sink, { end: false });
      children.push(child);
      await recordChildren(folder, children);
    },
    until: async (name, holds) => {
      const deadline = Date.now() + startMsMax;
      while (Date.now() < deadline && children.every(({ exitCode }) => exitCode === null)) {
        if (await holds().catch(() => false)) return;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      const log = await readFile(join(folder, `${name}.log`), 'utf8').catch(() => '');
      throw new Error(`${name} did not become ready. The end of its log:\n${log.slice(-logCharacters)}`);
    },
    stop: async () => {
      for (const child of children.splice(0).toReversed()) await endChild(child);
    },
  };
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), endMsMax);
  await ended;
  clearTimeout(timer);
}

/** Free ports of the loopback, all of them others. */
export async function findPorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(servers.map(listen));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
