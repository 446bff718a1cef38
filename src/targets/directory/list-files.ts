import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { composeFile, variablesFile } from '../../core/index.ts';
import { temporaryPrefix } from './file.ts';
import { ignoreMissing, ownFolders, type Folder } from './folder.ts';

/** All that stands where files of ours may stand, by path; links are named, not followed. */
export async function listFiles({ root }: Folder): Promise<readonly string[]> {
  const names = (await readdir(root).catch(ignoreMissing)) ?? [];
  const project = [composeFile, variablesFile].filter((name) => names.includes(name));
  const listed = await Promise.all(ownFolders.map((folder) => listBelow(root, folder)));
  return [...project, ...listed.flat().filter((path) => !isTemporary(path))];
}

async function listBelow(root: string, folder: string): Promise<readonly string[]> {
  const entries = (await readdir(join(root, folder), { withFileTypes: true }).catch(ignoreMissing)) ?? [];
  const listed = await Promise.all(
    entries.map(async (entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? await listBelow(root, path) : [path];
    }),
  );
  return listed.flat();
}

/** Files that a process that was killed had begun to write. */
export async function listLeftovers({ root }: Folder): Promise<readonly string[]> {
  const names = (await readdir(root).catch(ignoreMissing)) ?? [];
  const listed = await Promise.all(ownFolders.map((folder) => listBelow(root, folder)));
  return [...names, ...listed.flat()].filter(isTemporary);
}

function isTemporary(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).startsWith(temporaryPrefix);
}
