import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  compareFile,
  keyOfLiveObject,
  manifestsFolder,
  readLiveObject,
  type FileIndex,
  type ObservedObject,
  type Outcome,
  type TargetObservation,
  type TargetRequest,
} from '../../core/index.ts';
import { catchFailure } from './failure.ts';
import { readOwnFile, temporaryPrefix } from './file.ts';
import { loadIndex } from './folder-index.ts';
import { findFolder, ignoreMissing, type Folder } from './folder.ts';

/** Reads what stands in the folder of the given inventory, and what is in the way. Writes nothing. */
export function observeObjects(request: TargetRequest): Promise<Outcome<TargetObservation>> {
  return catchFailure(async () => {
    const folder = await findFolder(request);
    if (!folder) return { objects: {}, foreign: [] };
    const index = await loadIndex(folder, request);
    return { objects: await observeInventory(folder, index, request), foreign: await listForeign(folder, index) };
  });
}

async function observeInventory(folder: Folder, index: FileIndex, request: TargetRequest): Promise<Record<string, ObservedObject>> {
  const paths = new Map(Object.entries(index.files).map(([path, { key }]) => [key, path]));
  const observed: Record<string, ObservedObject> = {};
  for (const state of Object.values(request.inventory)) {
    request.signal.throwIfAborted();
    const path = paths.get(state.key);
    const text = path === undefined ? undefined : await readOwnFile(join(folder.root, path));
    if (path !== undefined && text !== undefined) observed[state.key] = compareFile(state, index, { path, text });
  }
  return observed;
}

/** Files among ours that the index does not know, by the object that is in them, else by their path. */
async function listForeign({ root }: Folder, index: FileIndex): Promise<TargetObservation['foreign']> {
  const names = (await readdir(join(root, manifestsFolder)).catch(ignoreMissing)) ?? [];
  const paths = names.filter((name) => !name.startsWith(temporaryPrefix)).map((name) => `${manifestsFolder}/${name}`);
  const unknown = paths.filter((path) => !Object.hasOwn(index.files, path)).toSorted();
  return Promise.all(unknown.map(async (path) => ({ key: nameForeign(path, await readOwnFile(join(root, path))) })));
}

function nameForeign(path: string, text: string | undefined): string {
  const body = text === undefined ? undefined : readLiveObject(path, text);
  return (body && keyOfLiveObject(body)) ?? path;
}
