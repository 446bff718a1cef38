import type { ChildProcess } from 'node:child_process';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endPods } from './node-end.ts';

/** What the folders of started servers are called. */
export const folderPrefix = 'tutti-cluster-';

const recordName = 'processes.json';

interface ProcessRecord {
  readonly owner: number;
  readonly children: readonly number[];
}

/** Writes down which processes belong to a folder and who ends them. */
export async function recordChildren(folder: string, children: readonly ChildProcess[]): Promise<void> {
  const record: ProcessRecord = { owner: process.pid, children: children.flatMap(({ pid }) => pid ?? []) };
  const beside = join(folder, `${recordName}.new`);
  await writeFile(beside, JSON.stringify(record));
  await rename(beside, join(folder, recordName));
}

/** Ends servers whose owner was killed before it could. */
export async function endLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    const record = name.startsWith(folderPrefix) ? await readRecord(folder) : undefined;
    if (!record || isAlive(record.owner)) continue;
    for (const pid of record.children) await endOwn(pid, folder);
    await endPods(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function readRecord(folder: string): Promise<ProcessRecord | undefined> {
  const text = await readFile(join(folder, recordName), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const record: ProcessRecord = JSON.parse(text);
  return record;
}

/** Process ids are given out again: only a process that names the folder is one of ours. */
async function endOwn(pid: number, folder: string): Promise<void> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (command.includes(folder)) process.kill(pid, 'SIGKILL');
}

/** Says whether a process of this id runs, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
