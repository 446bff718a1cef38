import { listFilesOf, shortenIndex, type ObjectKey, type Outcome, type TargetReceipt, type TargetRequest } from '../../core/index.ts';
import { catchFailure } from './failure.ts';
import { loadIndex, saveIndex } from './folder-index.ts';
import { findFolder, removeBelow } from './folder.ts';
import { makeReceipt } from './receipt.ts';

/** Removes the files of the given objects; what is gone already is fine. A file that holds others besides is written anew by `apply`. */
export function pruneObjects(request: TargetRequest, keys: readonly ObjectKey[]): Promise<Outcome<TargetReceipt>> {
  return catchFailure(async () => {
    const folder = await findFolder(request);
    if (!folder) return { location: 'nothing was there' };
    const index = await loadIndex(folder, request);
    const paths = listFilesOf(index, keys);
    for (const path of paths) await removeBelow(folder, path);
    await saveIndex(folder, shortenIndex(index, paths));
    return makeReceipt(folder, request);
  });
}
