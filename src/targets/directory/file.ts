import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ignoreMissing } from './folder.ts';

/** Names of files that are being written; left behind only by a process that was killed. */
export const temporaryPrefix = '.tutti-writing-';

/** Reads a regular file; nothing where there is none. A link, a pipe or a folder is nothing, too: it is never opened. */
export async function readOwnFile(path: string): Promise<Uint8Array | undefined> {
  const stat = await lstat(path).catch(ignoreMissing);
  if (!stat?.isFile()) return undefined;
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(ignoreMissing);
  if (!file) return undefined;
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

export interface FileWrite {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** Writes a file in one step, so that it is the old one or the new one at any time; nothing where it is the same already. */
export async function writeOwnFile({ path, bytes, mode }: FileWrite): Promise<void> {
  if (await isSameFile({ path, bytes, mode })) return;
  const temporary = join(dirname(path), `${temporaryPrefix}${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.chmod(mode);
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function isSameFile({ path, bytes, mode }: FileWrite): Promise<boolean> {
  const stat = await lstat(path).catch(ignoreMissing);
  if (stat === undefined || (stat.mode & 0o777) !== mode) return false;
  const present = await readOwnFile(path);
  return present !== undefined && Buffer.compare(present, bytes) === 0;
}

/** Removes a file; what is gone already is fine. Of a link only the link goes. */
export async function removeOwnFile(path: string): Promise<void> {
  await unlink(path).catch(ignoreMissing);
}
