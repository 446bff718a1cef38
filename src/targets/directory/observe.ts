import { join } from 'node:path';
import {
  compareFile,
  composeFile,
  filesFolder,
  keyOfLiveObject,
  listPaths,
  openFound,
  readLiveObject,
  variablesFile,
  type FileIndex,
  type FoundFile,
  type ObservedObject,
  type Outcome,
  type TargetObservation,
  type TargetRequest,
} from '../../core/index.ts';
import { catchFailure } from './failure.ts';
import { readOwnFile } from './file.ts';
import { loadIndex } from './folder-index.ts';
import { findFolder, isReachable, type Folder } from './folder.ts';
import { listFiles } from './list-files.ts';

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
  const paths = listPaths(index);
  const observed: Record<string, ObservedObject> = {};
  // Of a Compose project many objects stand in one file.
  const shared = new Map<string, FoundFile | undefined>();
  for (const state of Object.values(request.inventory)) {
    request.signal.throwIfAborted();
    const path = paths.get(state.key);
    if (path === undefined) continue;
    const file = shared.has(path) ? shared.get(path) : await openBelow(folder, path);
    if (path === composeFile || path === variablesFile) shared.set(path, file);
    const seen = file && compareFile(state, index, file);
    if (seen) observed[state.key] = seen;
  }
  return observed;
}

/** What lies behind a link is not ours. */
async function openBelow(folder: Folder, path: string): Promise<FoundFile | undefined> {
  const bytes = (await isReachable(folder, path)) ? await readOwnFile(join(folder.root, path)) : undefined;
  return bytes && openFound(path, bytes);
}

/** Files among ours that the index does not know, by the object that is in them, else by their path. What containers write below `files` is theirs. */
async function listForeign(folder: Folder, index: FileIndex): Promise<TargetObservation['foreign']> {
  const paths = (await listFiles(folder)).filter((path) => !path.startsWith(`${filesFolder}/`));
  const unknown = paths.filter((path) => !Object.hasOwn(index.files, path)).toSorted();
  return Promise.all(unknown.map(async (path) => ({ key: nameForeign(path, await readOwnFile(join(folder.root, path))) })));
}

function nameForeign(path: string, bytes: Uint8Array | undefined): string {
  const body = bytes && readLiveObject(path, Buffer.from(bytes).toString('utf8'));
  return (body && keyOfLiveObject(body)) ?? path;
}
