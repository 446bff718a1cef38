import type { Health, ObjectKey, ObjectState, ObservedObject, Outcome, TargetObservation, TargetRequest } from '../../core/index.ts';
import { addressOf } from './addresses.ts';
import { applyObject } from './apply-object.ts';
import { mapAtOnce } from './at-once.ts';
import type { Cluster } from './cluster.ts';
import { isSame } from './compare.ts';
import { judgeOwnership, setOf } from './mark.ts';
import { isUntouched } from './memory.ts';
import { listKindRules } from './readiness/custom-rules.ts';
import { judgeReadiness } from './readiness/judge-readiness.ts';

const readsAtOnce = 16;

/**
 * Reads what is there of the inventory. Writes nothing.
 * Rule: what has not been touched since it was written is as deployed; of the rest a dry run says whether applying again would change it.
 */
export async function observeObjects(cluster: Cluster, request: TargetRequest, now: () => string): Promise<Outcome<TargetObservation>> {
  const states = Object.values(request.inventory).filter(({ hash }) => hash !== '');
  const observed = await mapAtOnce(states, readsAtOnce, (state) => observeObject(cluster, request, state, now));
  const objects: Record<ObjectKey, ObservedObject> = {};
  for (const each of observed) if (each) objects[each.key] = each;
  return { value: { objects, foreign: [] }, diagnostics: [] };
}

async function observeObject(
  cluster: Cluster,
  request: TargetRequest,
  state: ObjectState,
  now: () => string,
): Promise<ObservedObject | undefined> {
  request.signal.throwIfAborted();
  const found = await cluster.get(addressOf(state.key, state.body), request.signal);
  if (found.kind !== 'ok') return undefined;
  const { live } = found;
  const health = healthOf(judgeReadiness(live, { now: now(), rules: listKindRules(request.inputs) }).kind);
  if (isUntouched(live, state.memory)) return { key: state.key, isAsDeployed: true, health };
  const isOurs = judgeOwnership(live, { key: state.key, set: setOf(request.context) }) === 'ours';
  const predicted = await applyObject(cluster, request, state, { isDry: true });
  const isAsDeployed = isOurs && predicted.kind === 'ok' && isSame(live, predicted.live);
  return { key: state.key, isAsDeployed, health };
}

function healthOf(kind: ReturnType<typeof judgeReadiness>['kind']): Health {
  if (kind === 'ready') return 'healthy';
  return kind === 'failed' ? 'degraded' : 'progressing';
}
