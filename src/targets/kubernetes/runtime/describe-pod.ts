import type { Health, Instance, InstanceContainer, JsonObject } from '../../../core/index.ts';
import { listOf, mapOf, numberOf, textOf } from '../fields.ts';
import { judgeReadiness } from '../readiness/judge-readiness.ts';
import type { Readiness } from '../readiness/parts.ts';
import type { NodePod } from './pods.ts';

/** A pod, as people see it. */
export function describePod({ node, live }: NodePod, now: string): Instance {
  const spec = mapOf(live['spec']);
  const status = mapOf(live['status']);
  const readiness = judgeReadiness(live, { now });
  const [host, startedAt] = [textOf(spec['nodeName']), textOf(status['startTime'])];
  const states = [...listOf(status['initContainerStatuses']), ...listOf(status['containerStatuses'])].map(mapOf);
  return {
    node,
    name: nameOf(live),
    health: healthOf(readiness.kind),
    message: readiness.message,
    ...(host !== '' && { host }),
    ...(startedAt !== '' && { startedAt }),
    containers: listContainers(live).map(({ name, image }) => describeContainer({ name, image }, stateOf(states, name))),
  };
}

/** How well what is judged so fares. */
function healthOf(kind: Readiness['kind']): Health {
  if (kind === 'ready') return 'healthy';
  return kind === 'failed' ? 'degraded' : 'progressing';
}

export function nameOf(live: JsonObject): string {
  return textOf(mapOf(live['metadata'])['name']);
}

/** Containers in the order in which they run: those that prepare first. */
export function listContainers(pod: JsonObject): readonly { readonly name: string; readonly image: string }[] {
  const spec = mapOf(pod['spec']);
  const all = [...listOf(spec['initContainers']), ...listOf(spec['containers'])].map(mapOf);
  return all.map(({ name, image }) => ({ name: textOf(name), image: textOf(image) }));
}

function stateOf(states: readonly JsonObject[], name: string): JsonObject {
  return states.find((each) => each['name'] === name) ?? {};
}

/** Whether a container has begun at least once, so that it may have written something. */
export function hasBegun(pod: JsonObject, name: string): boolean {
  const status = mapOf(pod['status']);
  const state = stateOf([...listOf(status['initContainerStatuses']), ...listOf(status['containerStatuses'])].map(mapOf), name);
  const { running, terminated } = mapOf(state['state']);
  return running !== undefined || terminated !== undefined || (numberOf(state['restartCount']) ?? 0) > 0;
}

function describeContainer(declared: { readonly name: string; readonly image: string }, status: JsonObject): InstanceContainer {
  const { waiting, running, terminated } = mapOf(status['state']);
  const last = mapOf(mapOf(status['lastState'])['terminated']);
  const ended = mapOf(terminated);
  const reason = textOf(mapOf(waiting)['reason']) || textOf(ended['reason']);
  const exitCode = numberOf(ended['exitCode']) ?? numberOf(last['exitCode']);
  return {
    ...declared,
    state: running !== undefined ? 'running' : terminated !== undefined ? 'ended' : 'waiting',
    isReady: status['ready'] === true,
    restarts: numberOf(status['restartCount']) ?? 0,
    ...(reason !== '' && { reason }),
    ...(exitCode !== undefined && { exitCode }),
  };
}
