import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  diagnose,
  digestText,
  layOutObjects,
  makeOwner,
  manifestsFolder,
  type FileIndex,
  type IndexedFile,
  type ObjectKey,
  type Outcome,
  type PlacedObject,
  type TargetReceipt,
  type TargetRequest,
  type TargetWrite,
} from '../../core/index.ts';
import { catchFailure, FolderFailure } from './failure.ts';
import { fileModes, removeOwnFile, temporaryPrefix, writeOwnFile, type FileWrite } from './file.ts';
import { loadIndex, saveIndex } from './folder-index.ts';
import { ignoreMissing, openFolder, type Folder } from './folder.ts';
import { printRevealed } from './print-revealed.ts';
import { makeReceipt } from './receipt.ts';

/**
 * Makes the folder hold the desired objects.
 * Rule: first the index claims every file that will be written; then the files are written, then removed; then the index says what there is. So
 * whatever an interruption leaves behind is known to be ours, and the next run finishes it.
 */
export function applyObjects(request: TargetRequest, write: TargetWrite): Promise<Outcome<TargetReceipt>> {
  return catchFailure(async () => {
    request.signal.throwIfAborted();
    const folder = await openFolder(request);
    const index = await loadIndex(folder, request);
    const placed = layOutObjects(write.desired);
    await checkForeign(folder, index, placed);
    const files = await printFiles({ request, write, index, folder, placed });
    const next = listNext(index, placed, files);
    const owner = makeOwner(request.context);
    const leaving = listLeaving(index, placed, write.removed);
    await saveIndex(folder, { owner, files: { ...index.files, ...next } });
    await removeLeftovers(folder);
    await inBatches(files, ({ file }) => writeOwnFile(file), request.signal);
    await inBatches(leaving, (path) => removeOwnFile(join(folder.root, path)), request.signal);
    await saveIndex(folder, { owner, files: without({ ...index.files, ...next }, leaving) });
    return makeReceipt(folder);
  });
}

async function checkForeign({ root, shown }: Folder, index: FileIndex, placed: readonly PlacedObject[]): Promise<void> {
  const unknown = placed.filter(({ path }) => !Object.hasOwn(index.files, path));
  const found = await Promise.all(unknown.map(async ({ path, object }) => ({ path, object, stat: await lstat(join(root, path)).catch(ignoreMissing) })));
  const foreign = found.filter(({ stat }) => stat !== undefined);
  if (foreign.length === 0) return;
  throw new FolderFailure(
    foreign.map(({ path, object }) => diagnose('T6003', { detail: `"${path}" in ${shown} was not written by tutti, and ${object.key} shall be written there.` })),
  );
}

interface PrintedFile {
  readonly path: string;
  readonly entry: IndexedFile;
  readonly file: FileWrite;
}

interface Printing {
  readonly request: TargetRequest;
  readonly write: TargetWrite;
  readonly index: FileIndex;
  readonly folder: Folder;
  readonly placed: readonly PlacedObject[];
}

/** Prints what has to be written. What somebody edited is not among it unless the plan has shown that. */
async function printFiles({ request, write, index, folder, placed }: Printing): Promise<readonly PrintedFile[]> {
  const changed = new Set(write.changed);
  const printed: PrintedFile[] = [];
  for (const { path, object, isSecret } of placed) {
    const isThere = Object.hasOwn(index.files, path) && (await lstat(join(folder.root, path)).catch(ignoreMissing)) !== undefined;
    if (isThere && !changed.has(object.key)) continue;
    const text = await printRevealed(object.body, request.reveal);
    const mode = isSecret ? fileModes.secret : fileModes.open;
    printed.push({ path, entry: { key: object.key, hash: object.hash, digest: digestText(text) }, file: { path: join(folder.root, path), text, mode } });
  }
  return printed;
}

function listNext(index: FileIndex, placed: readonly PlacedObject[], files: readonly PrintedFile[]): Readonly<Record<string, IndexedFile>> {
  const written = new Map(files.map(({ path, entry }) => [path, entry]));
  return Object.fromEntries(
    placed.flatMap(({ path }) => {
      const entry = written.get(path) ?? index.files[path];
      return entry ? [[path, entry]] : [];
    }),
  );
}

/** Files of ours that shall go: those of removed objects, and those of objects that moved to another file. */
function listLeaving(index: FileIndex, placed: readonly PlacedObject[], removed: readonly ObjectKey[]): readonly string[] {
  const paths = new Set(placed.map(({ path }) => path));
  const keys = new Set<string>([...removed, ...placed.map(({ object }) => object.key)]);
  return Object.entries(index.files)
    .filter(([path, { key }]) => !paths.has(path) && keys.has(key))
    .map(([path]) => path);
}

/** Removes what a process that was killed had begun to write. */
async function removeLeftovers({ root }: Folder): Promise<void> {
  for (const folder of [root, join(root, manifestsFolder)]) {
    const names = (await readdir(folder).catch(ignoreMissing)) ?? [];
    for (const name of names.filter((each) => each.startsWith(temporaryPrefix))) await rm(join(folder, name), { force: true });
  }
}

export function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Readonly<Record<string, T>> {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(record).filter(([key]) => !gone.has(key)));
}

const batchSize = 16;

async function inBatches<T>(items: readonly T[], run: (item: T) => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let start = 0; start < items.length; start += batchSize) {
    signal.throwIfAborted();
    await Promise.all(items.slice(start, start + batchSize).map(run));
  }
}
