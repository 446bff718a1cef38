import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  digestText,
  hideLiveSecret,
  makeObjectKey,
  manifestsFolder,
  parseYaml,
  type FileIndex,
  type JsonObject,
  type Json,
  type ObjectState,
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
    if (path !== undefined && text !== undefined) observed[state.key] = compareFile(state, index.files[path], { path, text });
  }
  return observed;
}

function compareFile(state: ObjectState, entry: FileIndex['files'][string] | undefined, file: { readonly path: string; readonly text: string }): ObservedObject {
  const { key } = state;
  const health = 'not-observed';
  if (entry?.hash === state.hash && entry.digest === digestText(file.text)) return { key, isAsDeployed: true, health };
  const live = readObject(file.path, file.text);
  return { key, isAsDeployed: false, health, ...(live && { live }) };
}

function readObject(path: string, text: string): JsonObject | undefined {
  const { value } = parseYaml(path, text);
  const data = value?.length === 1 ? value[0]?.value : undefined;
  const live = data === undefined ? undefined : hideLiveSecret(data);
  return isJsonObject(live) ? live : undefined;
}

function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Files among ours that the index does not know, by the object that is in them, else by their path. */
async function listForeign({ root }: Folder, index: FileIndex): Promise<TargetObservation['foreign']> {
  const names = (await readdir(join(root, manifestsFolder)).catch(ignoreMissing)) ?? [];
  const paths = names.filter((name) => !name.startsWith(temporaryPrefix)).map((name) => `${manifestsFolder}/${name}`);
  const unknown = paths.filter((path) => !Object.hasOwn(index.files, path)).toSorted();
  return Promise.all(unknown.map(async (path) => ({ key: await nameForeign(root, path) })));
}

async function nameForeign(root: string, path: string): Promise<string> {
  const text = await readOwnFile(join(root, path));
  const body = text === undefined ? undefined : readObject(path, text);
  const metadata = body?.['metadata'];
  if (!body || !isJsonObject(metadata)) return path;
  const { apiVersion, kind } = body;
  const { name, namespace = '' } = metadata;
  const parts = [apiVersion, kind, name, namespace];
  if (!parts.every((part) => typeof part === 'string')) return path;
  return makeObjectKey({ apiVersion: String(apiVersion), kind: String(kind), name: String(name), namespace: String(namespace) });
}
