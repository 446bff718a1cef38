import type { Health, JsonObject, ObjectKey, ObservedObject, Outcome, TargetObservation, TargetRequest } from '../../core/index.ts';
import { addressOf } from './addresses.ts';
import { applyObject } from './apply-object.ts';
import { mapAtOnce } from './at-once.ts';
import type { Cluster } from './cluster.ts';
import { isSame } from './compare.ts';
import { describeDrift } from './describe-drift.ts';
import { createHider } from './hide-secrets.ts';
import { idOf, isHookRun, judgeOwnership, setOf } from './mark.ts';
import { isUntouched } from './memory.ts';
import { listKindRules } from './readiness/custom-rules.ts';
import { judgeReadiness } from './readiness/judge-readiness.ts';
import { listOthersFields } from './others-fields.ts';
import { readLive, readWhole, type Read } from './read-live.ts';

const dryRunsAtOnce = 16;

/**
 * Reads what is there of the inventory. Writes nothing.
 * Rule: what has not been touched since it was written is as deployed; of the rest a dry run says whether applying again would change it, and
 * which fields.
 */
export async function observeObjects(cluster: Cluster, request: TargetRequest, now: () => string): Promise<Outcome<TargetObservation>> {
  const states = Object.values(request.inventory).filter(({ hash }) => hash !== '');
  const { found, others } = await readLive(cluster, request, states);
  const rules = listKindRules(request.inputs);
  const at = now();
  const objects: Record<ObjectKey, ObservedObject> = {};
  const touched: Read[] = [];
  for (const read of found) {
    const { key, memory } = read.state;
    objects[key] = { key, isAsDeployed: true, health: healthOf(judgeReadiness(read.live, { now: at, rules }).kind) };
    if (!isUntouched(read.live, memory, listOthersFields(request, key, addressOf(key, read.state.body)))) touched.push(read);
  }
  await mapAtOnce(touched, dryRunsAtOnce, async (read) => {
    const seen = objects[read.state.key];
    if (seen) objects[read.state.key] = { ...seen, ...(await compare(cluster, request, read)) };
  });
  const known = new Set<string>(Object.keys(request.inventory));
  const strays = others.filter((live) => isOurs(live, request) && !isHookRun(live)).flatMap((live) => idOf(live) ?? []);
  return { value: { objects, foreign: [], strays: strays.filter((key) => !known.has(key)) }, diagnostics: [] };
}

/** A copy that somebody else made with all labels names another object than itself. */
function isOurs(live: JsonObject, { context }: TargetRequest): boolean {
  const key = idOf(live);
  return key !== undefined && judgeOwnership(live, { key, set: setOf(context) }) === 'ours';
}

async function compare(
  cluster: Cluster,
  request: TargetRequest,
  read: Read,
): Promise<Pick<ObservedObject, 'isAsDeployed' | 'differences'>> {
  request.signal.throwIfAborted();
  const live = await readWhole(cluster, read, request.signal);
  const { state } = read;
  if (!live || judgeOwnership(live, { key: state.key, set: setOf(request.context) }) !== 'ours') return { isAsDeployed: false };
  const predicted = await applyObject(cluster, request, state, { isDry: true });
  // What is refused now will be said why when it is planned; here it is known to differ, and not in what.
  if (predicted.kind !== 'ok') return { isAsDeployed: false, differences: [] };
  if (isSame(live, predicted.live)) return { isAsDeployed: true };
  const hide = await createHider([state.body], request.reveal);
  return { isAsDeployed: false, differences: describeDrift(live, predicted.live, hide) };
}

function healthOf(kind: ReturnType<typeof judgeReadiness>['kind']): Health {
  if (kind === 'ready') return 'healthy';
  return kind === 'failed' ? 'degraded' : 'progressing';
}
