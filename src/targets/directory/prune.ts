import { join } from 'node:path';
import { shortenIndex, type ObjectKey, type Outcome, type TargetReceipt, type TargetRequest } from '../../core/index.ts';
import { catchFailure } from './failure.ts';
import { removeOwnFile } from './file.ts';
import { loadIndex, saveIndex } from './folder-index.ts';
import { findFolder } from './folder.ts';
import { makeReceipt } from './receipt.ts';

/** Removes the files of the given objects; what is gone already is fine. */
export function pruneObjects(request: TargetRequest, keys: readonly ObjectKey[]): Promise<Outcome<TargetReceipt>> {
  return catchFailure(async () => {
    const folder = await findFolder(request);
    if (!folder) return { location: 'nothing was there' };
    const index = await loadIndex(folder, request);
    const gone = new Set<string>(keys);
    const paths = Object.entries(index.files)
      .filter(([, { key }]) => gone.has(key))
      .map(([path]) => path);
    for (const path of paths) await removeOwnFile(join(folder.root, path));
    await saveIndex(folder, shortenIndex(index, paths));
    return makeReceipt(folder);
  });
}
