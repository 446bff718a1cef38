import type { JsonObject } from '../../../core/index.ts';
import { listOf, mapOf, numberOf, textOf } from '../fields.ts';
import type { JudgeOptions } from './judge-readiness.ts';
import { conditionOf, failed, progressing, ready, type Readiness } from './parts.ts';

type Rule = (live: JsonObject, options: JudgeOptions) => Readiness | undefined;

/** What readiness means for each kind that has more to say than a condition `Ready`; by group and kind. */
const kindRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['apps/Deployment', judgeDeployment],
  ['apps/StatefulSet', judgeStatefulSet],
  ['apps/DaemonSet', judgeDaemonSet],
  ['apps/ReplicaSet', judgeReplicaSet],
  ['batch/Job', judgeJob],
  ['/Pod', judgePod],
  ['/PersistentVolumeClaim', judgeClaim],
  ['/Service', judgeService],
  ['apiextensions.k8s.io/CustomResourceDefinition', judgeDefinition],
  ['apiregistration.k8s.io/APIService', (live) => judgeCondition(live, 'Available')],
  ['autoscaling/HorizontalPodAutoscaler', judgeScaler],
  ['gateway.networking.k8s.io/Gateway', (live) => judgeCondition(live, 'Programmed')],
  ['gateway.networking.k8s.io/HTTPRoute', judgeRoute],
  ['gateway.networking.k8s.io/GRPCRoute', judgeRoute],
  ['gateway.networking.k8s.io/TCPRoute', judgeRoute],
  ['gateway.networking.k8s.io/TLSRoute', judgeRoute],
  ['policy/PodDisruptionBudget', () => ready()],
]);

/** What the kind of an object says of its readiness; nothing where only a condition `Ready` can tell. */
export function judgeByKind(live: JsonObject, options: JudgeOptions): Readiness | undefined {
  const apiVersion = textOf(live['apiVersion']);
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return kindRules.get(`${group}/${textOf(live['kind'])}`)?.(live, options);
}

/** Kinds whose one condition has another name than `Ready`. */
function judgeCondition(live: JsonObject, type: string): Readiness {
  const condition = conditionOf(live, type);
  if (!condition) return progressing('Unobserved', `its condition ${type} is not there yet.`);
  return condition.status === 'True' ? ready() : progressing(condition.reason, condition.message || `its condition ${type} is not true.`);
}

/** A scaler that cannot read its metrics has nothing to do with whether what it scales runs; one that finds nothing to scale is wrong. */
function judgeScaler(live: JsonObject): Readiness {
  const able = conditionOf(live, 'AbleToScale');
  return able?.status === 'False' ? progressing(able.reason, able.message || 'it cannot scale.') : ready();
}

/** A route is ready when each gateway that it names has taken it; where nobody serves gateways, nobody ever will. */
function judgeRoute(live: JsonObject): Readiness {
  const parents = listOf(mapOf(live['status'])['parents']).map(mapOf);
  for (const parent of parents) {
    const conditions = { metadata: live['metadata'] ?? {}, status: parent };
    const refused = ['Accepted', 'ResolvedRefs']
      .map((type) => conditionOf(conditions, type))
      .find((each) => each && each.status !== 'True');
    if (refused) return progressing(refused.reason, refused.message || 'a gateway does not take it.');
  }
  const wanted = listOf(mapOf(live['spec'])['parentRefs']).length;
  return parents.length < wanted
    ? progressing('Unobserved', `${parents.length} of ${wanted} gateways have answered.`)
    : ready('its gateways have taken it.');
}

interface Counts {
  readonly wanted: number;
  readonly current: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
}

function countReplicas(live: JsonObject): Counts {
  const status = mapOf(live['status']);
  const count = (key: string): number => numberOf(status[key]) ?? 0;
  return {
    wanted: numberOf(mapOf(live['spec'])['replicas']) ?? 1,
    current: count('replicas'),
    updated: count('updatedReplicas'),
    ready: count('readyReplicas'),
    available: count('availableReplicas'),
  };
}

function judgeDeployment(live: JsonObject): Readiness {
  const progress = conditionOf(live, 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') return failed(progress.reason, progress.message || 'it makes no progress any more.');
  if (mapOf(live['spec'])['paused'] === true) return ready('it is paused.');
  const { wanted, current, updated, ready: isReady, available } = countReplicas(live);
  if (updated < wanted) return progressing('Replicas', `${updated} of ${wanted} replicas are of the new version.`);
  if (current > updated) return progressing('OldReplicas', `${current - updated} old replicas are still there.`);
  if (available < wanted || isReady < wanted)
    return progressing('Unavailable', `${Math.min(available, isReady)} of ${wanted} replicas are available.`);
  const isAvailable = conditionOf(live, 'Available');
  return isAvailable && isAvailable.status !== 'True'
    ? progressing(isAvailable.reason, isAvailable.message || 'it is not available.')
    : ready();
}

function judgeStatefulSet(live: JsonObject): Readiness {
  const strategy = mapOf(mapOf(live['spec'])['updateStrategy']);
  if (strategy['type'] === 'OnDelete') return ready('its pods are replaced when they are deleted.');
  const { wanted, current, updated, ready: isReady } = countReplicas(live);
  if (current < wanted || isReady < wanted) return progressing('Replicas', `${isReady} of ${wanted} replicas are ready.`);
  if (current > wanted) return progressing('OldReplicas', `${current - wanted} replicas too many are still there.`);
  const partition = numberOf(mapOf(strategy['rollingUpdate'])['partition']) ?? 0;
  if (partition > 0)
    return updated < wanted - partition ? progressing('Partition', `${updated} replicas are of the new version.`) : ready();
  const { currentRevision, updateRevision } = mapOf(live['status']);
  return currentRevision === updateRevision ? ready() : progressing('Rollout', `${updated} of ${wanted} replicas are of the new version.`);
}

function judgeDaemonSet(live: JsonObject): Readiness {
  const status = mapOf(live['status']);
  const wanted = numberOf(status['desiredNumberScheduled']);
  if (wanted === undefined || status['observedGeneration'] === undefined)
    return progressing('Unobserved', 'its controller has not seen it yet.');
  const least = Math.min(
    ...['currentNumberScheduled', 'updatedNumberScheduled', 'numberAvailable', 'numberReady'].map((key) => numberOf(status[key]) ?? 0),
  );
  return least < wanted ? progressing('Pods', `${least} of ${wanted} pods are ready.`) : ready();
}

function judgeReplicaSet(live: JsonObject): Readiness {
  const failure = conditionOf(live, 'ReplicaFailure');
  if (failure?.status === 'True') return progressing(failure.reason, failure.message);
  const { wanted, ready: isReady, available } = countReplicas(live);
  return Math.min(isReady, available) < wanted ? progressing('Replicas', `${isReady} of ${wanted} replicas are ready.`) : ready();
}

function judgeJob(live: JsonObject): Readiness {
  const failure = conditionOf(live, 'Failed');
  if (failure?.status === 'True') return failed(failure.reason, failure.message || 'it has failed.');
  if (conditionOf(live, 'Complete')?.status === 'True') return ready('it is done.');
  if (mapOf(live['spec'])['suspend'] === true) return ready('it is suspended.');
  return progressing('Running', 'it is not done yet.');
}

const unschedulableMs = 15_000;

function judgePod(live: JsonObject, options: JudgeOptions): Readiness {
  const { phase, message } = mapOf(live['status']);
  if (phase === 'Succeeded') return ready('it is done.');
  if (phase === 'Failed') return failed('Failed', textOf(message) || 'it has failed.');
  const looping = findLooping(live);
  if (looping) return failed('CrashLoopBackOff', textOf(looping['message']) || 'a container ends again and again.');
  if (phase !== 'Running') return judgePending(live, options);
  return conditionOf(live, 'Ready')?.status === 'True' ? ready() : progressing('NotReady', 'its containers are not ready.');
}

function findLooping(live: JsonObject): JsonObject | undefined {
  return listOf(mapOf(live['status'])['containerStatuses'])
    .map((each) => mapOf(mapOf(mapOf(each)['state'])['waiting']))
    .find((waiting) => waiting['reason'] === 'CrashLoopBackOff');
}

/** A pod that no node takes may have come before its node: only after a while is that a failure. */
function judgePending(live: JsonObject, { now }: JudgeOptions): Readiness {
  const scheduled = conditionOf(live, 'PodScheduled');
  const ageMs = Date.parse(now) - Date.parse(textOf(mapOf(live['metadata'])['creationTimestamp']));
  const isUnschedulable = scheduled?.status === 'False' && scheduled.reason === 'Unschedulable' && ageMs > unschedulableMs;
  return isUnschedulable ? failed('Unschedulable', scheduled.message) : progressing('Pending', scheduled?.message || 'it has not begun.');
}

/** One that waits for its first consumer is bound only when a pod asks for it: nobody waits for that. */
function judgeClaim(live: JsonObject): Readiness {
  const { phase } = mapOf(live['status']);
  return phase === 'Lost'
    ? failed('Lost', 'its volume is lost.')
    : ready(phase === 'Bound' ? 'it is bound.' : 'it is bound when a pod asks for it.');
}

function judgeService(live: JsonObject): Readiness {
  const spec = mapOf(live['spec']);
  const isPending = spec['type'] === 'LoadBalancer' && textOf(spec['clusterIP']) === '';
  return isPending ? progressing('NoAddress', 'it has no address yet.') : ready();
}

function judgeDefinition(live: JsonObject): Readiness {
  const names = conditionOf(live, 'NamesAccepted');
  if (names?.status === 'False') return failed(names.reason, names.message);
  const established = conditionOf(live, 'Established');
  if (established?.status === 'True') return ready();
  return established?.status === 'False' && established.reason !== 'Installing'
    ? failed(established.reason, established.message)
    : progressing('Installing', 'the API server does not serve it yet.');
}
