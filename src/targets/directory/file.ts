import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ignoreMissing } from './folder.ts';

/** Names of files that are being written; left behind only by a process that was killed. */
export const temporaryPrefix = '.tutti-writing-';

export const fileModes = { open: 0o644, secret: 0o600 } as const;

/** Reads a regular file; nothing where there is none. A link, a pipe or a folder is nothing, too: it is never opened. */
export async function readOwnFile(path: string): Promise<string | undefined> {
  const stat = await lstat(path).catch(ignoreMissing);
  if (!stat?.isFile()) return undefined;
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(ignoreMissing);
  if (!file) return undefined;
  try {
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

export interface FileWrite {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** Writes a file in one step, so that it is the old one or the new one at any time; nothing where it is the same already. */
export async function writeOwnFile({ path, text, mode }: FileWrite): Promise<void> {
  if (await isSameFile({ path, text, mode })) return;
  const temporary = join(dirname(path), `${temporaryPrefix}${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.chmod(mode);
      await file.writeFile(text, 'utf8');
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function isSameFile({ path, text, mode }: FileWrite): Promise<boolean> {
  const stat = await lstat(path).catch(ignoreMissing);
  return stat !== undefined && (stat.mode & 0o777) === mode && (await readOwnFile(path)) === text;
}

/** Removes a file; what is gone already is fine. Of a link only the link goes. */
export async function removeOwnFile(path: string): Promise<void> {
  await unlink(path).catch(ignoreMissing);
}
