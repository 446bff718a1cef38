import type { ObservedObject, TargetWrite } from '../../ports/target.ts';
import type { ObjectState } from '../../model/state.ts';
import { digestText, type FileIndex } from './file-index.ts';
import { layOutObjects, type PlacedObject } from './lay-out.ts';
import { readLiveObject } from './live-object.ts';

/** What a write means for the files of a folder. */
export interface FileChanges {
  /** Where files stand that are not ours. */
  readonly foreign: readonly PlacedObject[];
  /** To be written: what changed, and what is not there. What somebody edited is left alone unless it is named as changed. */
  readonly writes: readonly PlacedObject[];
  /** Files of ours that go: those of removed objects, and those of objects that have another file now. */
  readonly leaving: readonly string[];
}

/**
 * Works out which files of a folder are written and which go.
 * Shape: `present` are the paths that exist, relative to the folder; sorted by path.
 */
export function chooseFiles(index: FileIndex, write: TargetWrite, present: ReadonlySet<string>): FileChanges {
  const placed = layOutObjects(write.desired);
  const paths = new Set(placed.map(({ path }) => path));
  const changed = new Set(write.changed);
  const gone = new Set<string>([...write.removed, ...write.desired.map(({ key }) => key)]);
  return {
    foreign: placed.filter(({ path }) => present.has(path) && !Object.hasOwn(index.files, path)),
    writes: placed.filter(({ path, object }) => !present.has(path) || changed.has(object.key)),
    leaving: Object.entries(index.files)
      .filter(([path, { key }]) => !paths.has(path) && gone.has(key))
      .map(([path]) => path)
      .toSorted(),
  };
}

/** A file as it is written. */
export interface PrintedFile {
  readonly placed: PlacedObject;
  readonly text: string;
}

/** The index with the printed files in it. */
export function extendIndex(index: FileIndex, printed: readonly PrintedFile[]): FileIndex {
  const entries = printed.map(
    ({ placed: { path, object }, text }) => [path, { key: object.key, hash: object.hash, digest: digestText(text) }] as const,
  );
  return { owner: index.owner, files: { ...index.files, ...Object.fromEntries(entries) } };
}

/** The index without the given files. */
export function shortenIndex(index: FileIndex, paths: readonly string[]): FileIndex {
  const gone = new Set(paths);
  return { owner: index.owner, files: Object.fromEntries(Object.entries(index.files).filter(([path]) => !gone.has(path))) };
}

/** Says whether an object's file is still as it was written, and shows it where it is not. */
export function compareFile(state: ObjectState, index: FileIndex, file: { readonly path: string; readonly text: string }): ObservedObject {
  const { key } = state;
  const entry = index.files[file.path];
  const health = 'not-observed';
  if (entry?.hash === state.hash && entry.digest === digestText(file.text)) return { key, isAsDeployed: true, health };
  const live = readLiveObject(file.path, file.text);
  return { key, isAsDeployed: false, health, ...(live && { live }) };
}
