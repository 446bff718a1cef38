import {
  compareFile,
  keyOfLiveObject,
  manifestsFolder,
  readLiveObject,
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
      const blobs = [...head.files.entries()]
        .filter(([path, { isPlain }]) => isPlain && path.startsWith(`${manifestsFolder}/`))
        .map(([, { blob }]) => blob);
      const texts = await readBlobs(workspace, blobs);
      return { objects: observeInventory(head, texts, request), foreign: listForeign(head, texts) };
    }),
  );
}

function textOf({ files }: HeadTree, texts: ReadonlyMap<string, string>, path: string): string | undefined {
  const entry = files.get(path);
  return entry?.isPlain === true ? texts.get(entry.blob) : undefined;
}

function observeInventory(
  head: HeadTree,
  texts: ReadonlyMap<string, string>,
  { inventory }: TargetRequest,
): Record<string, ObservedObject> {
  const paths = new Map(Object.entries(head.index.files).map(([path, { key }]) => [key, path]));
  const observed: Record<string, ObservedObject> = {};
  for (const state of Object.values(inventory)) {
    const path = paths.get(state.key);
    const text = path === undefined ? undefined : textOf(head, texts, path);
    if (path !== undefined && text !== undefined) observed[state.key] = compareFile(state, head.index, { path, text });
  }
  return observed;
}

/** Files among ours that the index does not know, by the object that is in them, else by their path. */
function listForeign(head: HeadTree, texts: ReadonlyMap<string, string>): TargetObservation['foreign'] {
  const paths = [...head.files.keys()].filter((path) => path.startsWith(`${manifestsFolder}/`) && !Object.hasOwn(head.index.files, path));
  return paths.toSorted().map((path) => {
    const text = textOf(head, texts, path);
    const body = text === undefined ? undefined : readLiveObject(path, text);
    return { key: (body && keyOfLiveObject(body)) ?? path };
  });
}
