import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** What the target `kubernetes` reaches the world through. */
export const clusterHost = {
  env: process.env,
  home: homedir(),
  readText: (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined),
  now: (): string => new Date().toISOString(),
  sleep: async (ms: number, signal: AbortSignal): Promise<void> => {
    await wait(ms, undefined, { signal });
  },
};
