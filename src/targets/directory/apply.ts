import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  chooseFiles,
  diagnose,
  extendIndex,
  shortenIndex,
  type Outcome,
  type PlacedFile,
  type PrintedFile,
  type RevealSecret,
  type TargetReceipt,
  type TargetRequest,
  type TargetWrite,
} from '../../core/index.ts';
import { catchFailure, FolderFailure } from './failure.ts';
import { writeOwnFile } from './file.ts';
import { loadIndex, saveIndex } from './folder-index.ts';
import { makeFolders, openFolder, removeBelow, type Folder } from './folder.ts';
import { listFiles, listLeftovers } from './list-files.ts';
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
    const { foreign, writes, leaving } = chooseFiles(index, write, new Set(await listFiles(folder)));
    refuseForeign(folder, foreign);
    const printed = await printFiles(writes, request.reveal);
    const claimed = extendIndex(index, printed);
    await saveIndex(folder, claimed);
    await removeLeftovers(folder);
    await inBatches(printed, (file) => writePrinted(folder, file), signal);
    await inBatches(leaving, (path) => removeBelow(folder, path), signal);
    await saveIndex(folder, shortenIndex(claimed, leaving));
    return makeReceipt(folder, request);
  });
}

function refuseForeign({ shown }: Folder, foreign: readonly PlacedFile[]): void {
  if (foreign.length === 0) return;
  throw new FolderFailure(
    foreign.map(({ path, objects }) =>
      diagnose('T6003', { detail: `"${path}" in ${shown} was not written by tutti, and ${objects[0]?.key} shall be written there.` }),
    ),
  );
}

async function printFiles(writes: readonly PlacedFile[], reveal: RevealSecret): Promise<readonly PrintedFile[]> {
  const printed: PrintedFile[] = [];
  for (const placed of writes) printed.push({ placed, bytes: await printRevealed(placed, reveal) });
  return printed;
}

async function writePrinted(folder: Folder, { placed: { path, mode }, bytes }: PrintedFile): Promise<void> {
  await makeFolders(folder, path);
  await writeOwnFile({ path: join(folder.root, path), bytes, mode });
}

/** Removes what a process that was killed had begun to write. */
async function removeLeftovers(folder: Folder): Promise<void> {
  for (const path of await listLeftovers(folder)) await rm(join(folder.root, path), { force: true });
}

const batchSize = 16;

async function inBatches<T>(items: readonly T[], run: (item: T) => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let start = 0; start < items.length; start += batchSize) {
    signal.throwIfAborted();
    await Promise.all(items.slice(start, start + batchSize).map(run));
  }
}
