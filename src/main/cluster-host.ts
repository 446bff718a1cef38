import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { readExecPolicy } from './exec-policy.ts';

const now = (): string => new Date().toISOString();

const exec = readExecPolicy(process.env, now);

/** What the target `kubernetes` reaches the world through. */
export const clusterHost = {
  env: process.env,
  home: homedir(),
  readText: (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined),
  now,
  ...(exec && { exec }),
  sleep: async (ms: number, signal: AbortSignal): Promise<void> => {
    await wait(ms, undefined, { signal });
  },
};
