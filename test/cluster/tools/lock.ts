import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isAlive } from './leftovers.ts';

const waitMs = 500;

/**
 * Waits until nobody else holds a lock file; whoever holds it is named in it by process id.
 * Rule: a lock whose process is gone counts for nothing.
 * Shape: what releases the lock.
 */
export async function lock(path: string, waitMsMax: number): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  const deadline = Date.now() + waitMsMax;
  while (Date.now() < deadline) {
    if (await take(path)) return () => rm(path, { force: true });
    if (await dropDead(path)) continue;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  throw new Error(`${path} is held for too long; remove it if nobody builds.`);
}

/** The file is written beside and linked, so that nobody ever sees a lock that names no process. */
async function take(path: string): Promise<boolean> {
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, String(process.pid));
  const isOurs = await link(beside, path).then(
    () => true,
    () => false,
  );
  await rm(beside, { force: true });
  return isOurs;
}

async function dropDead(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  if (pid === 0 || isAlive(pid)) return false;
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => undefined);
  // Somebody else may have dropped the dead one and taken the lock in between: then it is theirs, and goes back.
  const moved = await readFile(aside, 'utf8').catch(() => '');
  if (moved !== '' && Number(moved) !== pid) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  return true;
}
