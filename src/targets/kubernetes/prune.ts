import {
  hasErrors,
  type Diagnostic,
  type JsonObject,
  type ObjectKey,
  type Outcome,
  type TargetReceipt,
  type TargetRequest,
} from '../../core/index.ts';
import { mapOf, textOf } from './fields.ts';
import { addressOf } from './addresses.ts';
import { settleClaims } from './claims-of-sets.ts';
import type { Waiting } from './await-ready.ts';
import type { Cluster } from './cluster.ts';
import { judgeOwnership, setOf } from './mark.ts';
import { levelOf } from './readiness/levels.ts';
import { describeRefusal } from './refusals.ts';
import { untilGone } from './until-gone.ts';

/**
 * Removes objects of the inventory, the last level first, each only if it is the one that was written.
 * Rule: what is gone already, was made anew by somebody else, or says that it is another's is not touched, and counts as gone. What is refused,
 * or will not go in time, survives and stays in the inventory; which finalizer holds it is said. So does a StatefulSet whose claims survive.
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
    const said = await pruneObject(cluster, request, key, waiting);
    if (hasErrors(said)) survivors.push(key);
    diagnostics.push(...said);
  }
  return { value: { location: cluster.location, survivors }, diagnostics };
}

async function pruneObject(cluster: Cluster, request: TargetRequest, key: ObjectKey, waiting: Waiting): Promise<readonly Diagnostic[]> {
  const end = await removeObject(cluster, request, key, waiting);
  if (typeof end !== 'string') return [end];
  const state = request.inventory[key];
  return state && end === 'gone' ? settleClaims(cluster, request, { address: addressOf(key, state.body), state }, waiting) : [];
}

async function removeObject(
  cluster: Cluster,
  request: TargetRequest,
  key: ObjectKey,
  waiting: Waiting,
): Promise<Diagnostic | 'gone' | 'not ours'> {
  const address = addressOf(key, request.inventory[key]?.body ?? {});
  const found = await cluster.get(address, request.signal);
  if (found.kind === 'absent') return 'gone';
  if (found.kind === 'refused') return describeRefusal(address, found.refusal);
  if (!isThatObject(request, key, found.live)) return 'not ours';
  const uid = textOf(mapOf(found.live['metadata'])['uid']);
  const removed = await cluster.remove(address, uid, request.signal);
  if (removed.kind === 'refused') return describeRefusal(address, removed.refusal);
  return (removed.kind === 'absent' ? undefined : await untilGone(cluster, { address, uid, request, waiting })) ?? 'gone';
}

/** Whether an object says that it is ours, and is not another than was written. */
function isThatObject({ context, inventory }: TargetRequest, key: ObjectKey, live: JsonObject): boolean {
  const remembered = inventory[key]?.memory?.['uid'];
  const isSame = typeof remembered !== 'string' || remembered === mapOf(live['metadata'])['uid'];
  return isSame && judgeOwnership(live, { key, set: setOf(context) }) === 'ours';
}
