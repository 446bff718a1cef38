import { readFile, readlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/**
 * Notes where a server was started. Process ids mean something only within one container of one machine; from another
 * one a living server looks dead.
 */
export async function noteOrigin(file: string): Promise<void> {
  await writeFile(file, await describeOrigin(), { mode: 0o600 });
}

/** Says whether the last server was started somewhere whose processes cannot be seen from here. */
export async function isForeignOrigin(file: string): Promise<boolean> {
  const noted = await readFile(file, 'utf8').catch(() => undefined);
  return noted !== undefined && noted !== (await describeOrigin());
}

async function describeOrigin(): Promise<string> {
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return `${hostname()}\n${namespace}\n`;
}
