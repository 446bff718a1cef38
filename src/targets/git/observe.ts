import {
  compareFile,
  composeFile,
  composeFolders,
  filesFolder,
  keyOfLiveObject,
  listPaths,
  manifestsFolder,
  openFound,
  readLiveObject,
  variablesFile,
  type FoundFile,
  type ObservedObject,
  type Outcome,
  type TargetObservation,
  type TargetRequest,
} from '../../core/index.ts';
import { catchFailure } from './failure.ts';
import { readBlobs, readHead, type HeadTree } from './head-tree.ts';
import { inWorkspace } from './workspace.ts';

/** Reads what stands at the head of the branch of the given inventory, and what is in the way. Writes nothing. */
export function observeObjects(request: TargetRequest): Promise<Outcome<TargetObservation>> {
  return catchFailure(() =>
    inWorkspace(request, async (workspace) => {
      const head = await readHead(workspace, request);
      const blobs = [...head.files.entries()].filter(([path, { isPlain }]) => isPlain && isOurs(path)).map(([, { blob }]) => blob);
      const contents = await readBlobs(workspace, blobs);
      return { objects: observeInventory(head, contents, request), foreign: listForeign(head, contents) };
    }),
  );
}

type Contents = ReadonlyMap<string, Uint8Array>;

const ownFolders = [manifestsFolder, ...composeFolders] as const;

/** Where files of ours may stand. */
function isOurs(path: string): boolean {
  return path === composeFile || path === variablesFile || ownFolders.some((folder) => path.startsWith(`${folder}/`));
}

function contentOf({ files }: HeadTree, contents: Contents, path: string): Uint8Array | undefined {
  const entry = files.get(path);
  return entry?.isPlain === true ? contents.get(entry.blob) : undefined;
}

function observeInventory(head: HeadTree, contents: Contents, { inventory }: TargetRequest): Record<string, ObservedObject> {
  const paths = listPaths(head.index);
  const observed: Record<string, ObservedObject> = {};
  // Of a Compose project many objects stand in one file.
  let project: FoundFile | undefined;
  for (const state of Object.values(inventory)) {
    const path = paths.get(state.key);
    if (path === undefined) continue;
    const bytes = contentOf(head, contents, path);
    const file = path === project?.path ? project : bytes && openFound(path, bytes);
    if (path === composeFile) project = file;
    const seen = file && compareFile(state, head.index, file);
    if (seen) observed[state.key] = seen;
  }
  return observed;
}

/** Files among ours that the index does not know, by the object that is in them, else by their path. */
function listForeign(head: HeadTree, contents: Contents): TargetObservation['foreign'] {
  const paths = [...head.files.keys()].filter((path) => isOurs(path) && !path.startsWith(`${filesFolder}/`));
  const unknown = paths.filter((path) => !Object.hasOwn(head.index.files, path));
  return unknown.toSorted().map((path) => {
    const bytes = contentOf(head, contents, path);
    const body = bytes && readLiveObject(path, Buffer.from(bytes).toString('utf8'));
    return { key: (body && keyOfLiveObject(body)) ?? path };
  });
}
