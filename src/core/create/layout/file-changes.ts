import { compareText } from '../../model/compare.ts';
import type { ObservedObject, TargetWrite } from '../../ports/target.ts';
import type { ObjectState } from '../../model/state.ts';
import { digestBytes, type FileIndex, type IndexedFile } from './file-index.ts';
import { layOutObjects, listHashes, type PlacedFile } from './lay-out.ts';
import { readLivePart, type FoundFile } from './live-object.ts';

/** What a write means for the files of a folder. */
export interface FileChanges {
  /** Where files stand that are not ours. */
  readonly foreign: readonly PlacedFile[];
  /** To be written: what changed, and what is not there. What somebody edited is left alone unless it is named as changed. */
  readonly writes: readonly PlacedFile[];
  /** Files of ours that go: those of removed objects, and those of objects that have another file now. */
  readonly leaving: readonly string[];
}

/**
 * Works out which files of a folder are written and which go.
 * Rule: a file with several objects is written as soon as one of them changed, came or went.
 * Shape: `present` are the paths that exist, relative to the folder; sorted by path.
 */
export function chooseFiles(index: FileIndex, write: TargetWrite, present: ReadonlySet<string>): FileChanges {
  const placed = layOutObjects(write.desired);
  const paths = new Set(placed.map(({ path }) => path));
  const changed = new Set<string>(write.changed);
  const gone = new Set<string>([...write.removed, ...write.desired.map(({ key }) => key)]);
  const isChanged = (file: PlacedFile): boolean =>
    file.objects.some(({ key }) => changed.has(key)) || !hasSameObjects(file, index.files[file.path]);
  return {
    foreign: placed.filter(({ path }) => present.has(path) && !Object.hasOwn(index.files, path)),
    writes: placed.filter((file) => !present.has(file.path) || isChanged(file)),
    leaving: Object.entries(index.files)
      .filter(([path, { objects }]) => !paths.has(path) && Object.keys(objects).every((key) => gone.has(key)))
      .map(([path]) => path)
      .toSorted(),
  };
}

/** Of a file that is not ours yet this says nothing. */
function hasSameObjects({ objects }: PlacedFile, indexed: IndexedFile | undefined): boolean {
  if (!indexed) return true;
  return objects.length === Object.keys(indexed.objects).length && objects.every(({ key }) => Object.hasOwn(indexed.objects, key));
}

/** A file as it is written. */
export interface PrintedFile {
  readonly placed: PlacedFile;
  readonly bytes: Uint8Array;
}

/** The index with the printed files in it. */
export function extendIndex(index: FileIndex, printed: readonly PrintedFile[]): FileIndex {
  const entries = printed.map(({ placed, bytes }) => [placed.path, { objects: listHashes(placed), digest: digestBytes(bytes) }] as const);
  return { owner: index.owner, files: { ...index.files, ...Object.fromEntries(entries) } };
}

/** The index without the given files. */
export function shortenIndex(index: FileIndex, paths: readonly string[]): FileIndex {
  const gone = new Set(paths);
  return { owner: index.owner, files: Object.fromEntries(Object.entries(index.files).filter(([path]) => !gone.has(path))) };
}

/** The path of each object's file. */
export function listPaths({ files }: FileIndex): ReadonlyMap<string, string> {
  return new Map(Object.entries(files).flatMap(([path, { objects }]) => Object.keys(objects).map((key) => [key, path] as const)));
}

/** Files that hold nothing but the given objects; sorted. */
export function listFilesOf({ files }: FileIndex, keys: readonly string[]): readonly string[] {
  const gone = new Set(keys);
  return Object.entries(files)
    .filter(([, { objects }]) => Object.keys(objects).every((key) => gone.has(key)))
    .map(([path]) => path)
    .toSorted(compareText);
}

/** Says whether an object is still as it was written, and shows it where it is not; nothing where it is not in its file any more. */
export function compareFile(state: ObjectState, index: FileIndex, file: FoundFile): ObservedObject | undefined {
  const { key } = state;
  const entry = index.files[file.path];
  const health = 'not-observed';
  const isSameHash = entry?.objects[key] === state.hash;
  if (isSameHash && entry?.digest === file.digest) return { key, isAsDeployed: true, health };
  const found = readLivePart(state, file);
  if (found === 'absent') return undefined;
  return { key, isAsDeployed: found === 'same' && isSameHash, health, ...(typeof found === 'object' && { live: found }) };
}
