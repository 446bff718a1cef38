import type { Diagnostic, ObjectKey, Outcome, TargetReceipt, TargetRequest } from '../../core/index.ts';
import { mapOf, textOf } from './fields.ts';
import { addressOf } from './addresses.ts';
import type { Waiting } from './await-ready.ts';
import type { Cluster } from './cluster.ts';
import { judgeOwnership, setOf } from './mark.ts';
import { levelOf } from './readiness/levels.ts';
import { describeRefusal } from './refusals.ts';
import { untilGone } from './until-gone.ts';

/**
 * Removes objects of the inventory, the last level first, each only if it is the one that was written.
 * Rule: what is gone already, was made anew by somebody else, or says that it is another's is not touched, and counts as gone. What is refused,
 * or will not go in time, survives and stays in the inventory; which finalizer holds it is said.
 */
export async function pruneObjects(
  cluster: Cluster,
  request: TargetRequest,
  keys: readonly ObjectKey[],
  waiting: Waiting,
): Promise<Outcome<TargetReceipt>> {
  const survivors: ObjectKey[] = [];
  const diagnostics: Diagnostic[] = [];
  const levelOfKey = (key: ObjectKey): number => levelOf(addressOf(key, request.inventory[key]?.body ?? {}));
  for (const key of keys.toSorted((left, right) => levelOfKey(right) - levelOfKey(left))) {
    request.signal.throwIfAborted();
    const problem = await pruneObject(cluster, request, key, waiting);
    if (!problem) continue;
    survivors.push(key);
    diagnostics.push(problem);
  }
  return { value: { location: cluster.location, survivors }, diagnostics };
}

async function pruneObject(cluster: Cluster, request: TargetRequest, key: ObjectKey, waiting: Waiting): Promise<Diagnostic | undefined> {
  const state = request.inventory[key];
  const address = addressOf(key, state?.body ?? {});
  const found = await cluster.get(address, request.signal);
  if (found.kind === 'absent') return undefined;
  if (found.kind === 'refused') return describeRefusal(address, found.refusal);
  if (judgeOwnership(found.live, { key, set: setOf(request.context) }) !== 'ours') return undefined;
  const uid = textOf(mapOf(found.live['metadata'])['uid']);
  const remembered = state?.memory?.['uid'];
  if (typeof remembered === 'string' && remembered !== uid) return undefined;
  const removed = await cluster.remove(address, uid, request.signal);
  if (removed.kind === 'refused') return describeRefusal(address, removed.refusal);
  return removed.kind === 'absent' ? undefined : untilGone(cluster, { address, uid, request, waiting });
}
