import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  chooseFiles,
  diagnose,
  extendIndex,
  manifestsFolder,
  shortenIndex,
  type Outcome,
  type PlacedObject,
  type PrintedFile,
  type RevealSecret,
  type TargetReceipt,
  type TargetRequest,
  type TargetWrite,
} from '../../core/index.ts';
import { catchFailure, FolderFailure } from './failure.ts';
import { fileModes, removeOwnFile, temporaryPrefix, writeOwnFile } from './file.ts';
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
    const { signal } = request;
    signal.throwIfAborted();
    const folder = await openFolder(request);
    const index = await loadIndex(folder, request);
    const { foreign, writes, leaving } = chooseFiles(index, write, await listPresent(folder));
    refuseForeign(folder, foreign);
    const printed = await printFiles(writes, request.reveal);
    const claimed = extendIndex(index, printed);
    await saveIndex(folder, claimed);
    await removeLeftovers(folder);
    await inBatches(printed, (file) => writePrinted(folder, file), signal);
    await inBatches(leaving, (path) => removeOwnFile(join(folder.root, path)), signal);
    await saveIndex(folder, shortenIndex(claimed, leaving));
    return makeReceipt(folder);
  });
}

async function listPresent({ root }: Folder): Promise<ReadonlySet<string>> {
  const names = await readdir(join(root, manifestsFolder));
  return new Set(names.map((name) => `${manifestsFolder}/${name}`));
}

function refuseForeign({ shown }: Folder, foreign: readonly PlacedObject[]): void {
  if (foreign.length === 0) return;
  throw new FolderFailure(
    foreign.map(({ path, object }) =>
      diagnose('T6003', { detail: `"${path}" in ${shown} was not written by tutti, and ${object.key} shall be written there.` }),
    ),
  );
}

async function printFiles(writes: readonly PlacedObject[], reveal: RevealSecret): Promise<readonly PrintedFile[]> {
  const printed: PrintedFile[] = [];
  for (const placed of writes) printed.push({ placed, text: await printRevealed(placed.object.body, reveal) });
  return printed;
}

function writePrinted({ root }: Folder, { placed, text }: PrintedFile): Promise<void> {
  return writeOwnFile({ path: join(root, placed.path), text, mode: placed.isSecret ? fileModes.secret : fileModes.open });
}

/** Removes what a process that was killed had begun to write. */
async function removeLeftovers({ root }: Folder): Promise<void> {
  for (const folder of [root, join(root, manifestsFolder)]) {
    const names = (await readdir(folder).catch(ignoreMissing)) ?? [];
    for (const name of names.filter((each) => each.startsWith(temporaryPrefix))) await rm(join(folder, name), { force: true });
  }
}

const batchSize = 16;

async function inBatches<T>(items: readonly T[], run: (item: T) => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let start = 0; start < items.length; start += batchSize) {
    signal.throwIfAborted();
    await Promise.all(items.slice(start, start + batchSize).map(run));
  }
}
