import { join } from 'node:path';
import {
  describeOwner,
  fileModes,
  indexName,
  isSameOwner,
  makeOwner,
  parseIndex,
  printIndex,
  type FileIndex,
  type TargetRequest,
} from '../../core/index.ts';
import { failWith } from './failure.ts';
import { readOwnFile, removeOwnFile, writeOwnFile } from './file.ts';
import type { Folder } from './folder.ts';

/** Reads the index of the folder; an empty one where there is none. Reports: T6002, T6006. */
export async function loadIndex({ root, shown }: Folder, { context }: TargetRequest): Promise<FileIndex> {
  const owner = makeOwner(context);
  const bytes = await readOwnFile(join(root, indexName));
  if (bytes === undefined) return { owner, files: {} };
  const index = parseIndex(Buffer.from(bytes).toString('utf8'));
  if (!index) throw failWith('T6006', `"${indexName}" in ${shown} is not as tutti wrote it.`);
  if (!isSameOwner(index.owner, owner)) {
    throw failWith('T6002', `${shown} belongs to ${describeOwner(index.owner)}; ${describeOwner(owner)} cannot be deployed there.`);
  }
  return index;
}

/** Writes the index; where nothing is left, removes it. */
export async function saveIndex({ root }: Folder, index: FileIndex): Promise<void> {
  const path = join(root, indexName);
  if (Object.keys(index.files).length === 0) return removeOwnFile(path);
  await writeOwnFile({ path, bytes: Buffer.from(printIndex(index), 'utf8'), mode: fileModes.secret });
}
