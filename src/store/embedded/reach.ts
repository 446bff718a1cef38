import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Account } from './account.ts';

interface Rights {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** The topmost folder above a path that is closed to the account; nothing when all of them can be searched. */
export async function findClosedFolder(path: string, account: Account): Promise<string | undefined> {
  for (const folder of listAncestors(path)) {
    if (!canSearch(await stat(folder), account)) return folder;
  }
  return undefined;
}

/** Says whether the owner, group or other bits of a folder let an account pass through. */
export function canSearch(rights: Rights, account: Account): boolean {
  const search = 0o1;
  if (rights.uid === account.uid) return (rights.mode & (search << 6)) !== 0;
  if (rights.gid === account.gid) return (rights.mode & (search << 3)) !== 0;
  return (rights.mode & search) !== 0;
}

function listAncestors(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...listAncestors(parent), parent];
}
