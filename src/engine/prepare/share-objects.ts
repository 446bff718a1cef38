import type { ObjectKey, ResourceGraph, Uid } from '../../core/index.ts';
import type { NodeResult } from './prepared.ts';

/** The driver whose resources may render the same object, as the Score tools allow: the later one replaces the earlier. */
const sharingDriver = 'score';

/**
 * Leaves an object that several Score resources render to the last of them in graph order.
 * Rule: so one instance can serve many resources, each of which renders it; whichever of them goes, the others keep it.
 * Shape: the same map where nothing is rendered twice.
 */
export function shareObjects(nodes: ReadonlyMap<Uid, NodeResult>, { order }: ResourceGraph): ReadonlyMap<Uid, NodeResult> {
  const last = new Map<ObjectKey, Uid>();
  let isShared = false;
  for (const uid of order) {
    for (const { key } of objectsToShare(nodes.get(uid))) {
      isShared ||= last.has(key);
      last.set(key, uid);
    }
  }
  if (!isShared) return nodes;
  return new Map([...nodes].map(([uid, node]) => [uid, leaveOthers(uid, node, last)]));
}

function objectsToShare(node: NodeResult | undefined): NodeResult['objects'] {
  return node?.resource?.driver === sharingDriver ? node.objects : [];
}

function leaveOthers(uid: Uid, node: NodeResult, last: ReadonlyMap<ObjectKey, Uid>): NodeResult {
  const isShared = objectsToShare(node).some(({ key }) => last.get(key) !== uid);
  return isShared ? { ...node, objects: node.objects.filter(({ key }) => last.get(key) === uid) } : node;
}
