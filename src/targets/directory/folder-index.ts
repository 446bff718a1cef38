import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  describeOwner,
  indexName,
  isSameOwner,
  makeOwner,
  manifestsFolder,
  parseIndex,
  printIndex,
  type FileIndex,
  type TargetRequest,
} from '../../core/index.ts';
import { failWith, hasErrorCode } from './failure.ts';
import { fileModes, readOwnFile, removeOwnFile, writeOwnFile } from './file.ts';
import { ignoreMissing, type Folder } from './folder.ts';

/** Reads the index of the folder; an empty one where there is none. Reports: T6002, T6006. */
export async function loadIndex({ root, shown }: Folder, { context }: TargetRequest): Promise<FileIndex> {
  const owner = makeOwner(context);
  const text = await readOwnFile(join(root, indexName));
  if (text === undefined) return { owner, files: {} };
  const index = parseIndex(text);
  if (!index) throw failWith('T6006', `"${indexName}" in ${shown} is not as tutti wrote it.`);
  if (!isSameOwner(index.owner, owner)) {
    throw failWith('T6002', `${shown} belongs to ${describeOwner(index.owner)}; ${describeOwner(owner)} cannot be deployed there.`);
  }
  return index;
}

/** Writes the index; where nothing is left, removes it, and the folder of the objects if that is empty. */
export async function saveIndex({ root }: Folder, index: FileIndex): Promise<void> {
  const path = join(root, indexName);
  if (Object.keys(index.files).length > 0) return writeOwnFile({ path, text: printIndex(index), mode: fileModes.secret });
  await removeOwnFile(path);
  await rmdir(join(root, manifestsFolder)).catch(ignoreInUse);
}

function ignoreInUse(error: unknown): void {
  if (!hasErrorCode(error, 'ENOTEMPTY', 'EEXIST')) ignoreMissing(error);
}
