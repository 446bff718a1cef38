import { shortenIndex, type ObjectKey, type Outcome, type TargetReceipt, type TargetRequest } from '../../core/index.ts';
import { applyContent } from './apply.ts';
import { catchFailure } from './failure.ts';

/** Removes the files of the given objects, in one commit; what is gone already is fine. */
export function pruneObjects(request: TargetRequest, keys: readonly ObjectKey[]): Promise<Outcome<TargetReceipt>> {
  const gone = new Set<string>(keys);
  return catchFailure(() =>
    applyContent(request, (_workspace, head) => {
      const leaving = Object.entries(head.index.files)
        .filter(([, { key }]) => gone.has(key))
        .map(([path]) => path)
        .toSorted();
      return leaving.length === 0 ? undefined : { head, printed: [], leaving, index: shortenIndex(head.index, leaving) };
    }),
  );
}
