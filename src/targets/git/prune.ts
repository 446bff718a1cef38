import { listFilesOf, shortenIndex, type ObjectKey, type Outcome, type TargetReceipt, type TargetRequest } from '../../core/index.ts';
import { applyContent } from './apply.ts';
import { catchFailure } from './failure.ts';

/** Removes the files of the given objects, in one commit; what is gone already is fine. A file that holds others besides is written anew by `apply`. */
export function pruneObjects(request: TargetRequest, keys: readonly ObjectKey[]): Promise<Outcome<TargetReceipt>> {
  return catchFailure(() =>
    applyContent(request, async (_workspace, head) => {
      const leaving = listFilesOf(head.index, keys);
      return leaving.length === 0 ? undefined : { head, printed: [], leaving, index: shortenIndex(head.index, leaving) };
    }),
  );
}
