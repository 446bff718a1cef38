import { nameNode } from './name-node.ts';
import {
  diagnose,
  didYouMean,
  hasErrors,
  type Diagnostic,
  type JsonObject,
  type LogQuery,
  type Outcome,
  type RuntimeRequest,
} from '../../../core/index.ts';
import { addressOfLive } from '../addresses.ts';
import type { Address, Cluster } from '../cluster.ts';
import { listOf, mapOf, numberOf, textOf } from '../fields.ts';
import { hasBegun, listContainers, nameOf } from './describe-pod.ts';
import { listMakers, listPods, reportNothing } from './pods.ts';

/** One run of a container of a pod. */
export interface LogSource {
  readonly pod: Address;
  readonly container: string;
  /** The same for as long as that run goes on. */
  readonly id: string;
  readonly hasBegun: boolean;
  readonly isRunning: boolean;
}

/**
 * Containers that a query asks for.
 * Reports: T6231 (nothing makes pods), T6232 (no such container or instance).
 */
export async function findLogSources(cluster: Cluster, request: RuntimeRequest, query: LogQuery): Promise<Outcome<readonly LogSource[]>> {
  if (listMakers(request, query.node).length === 0) return { diagnostics: [reportNothing(query.node)] };
  const pods = await listPods(cluster, request, query.node);
  if (!pods.value) return { diagnostics: pods.diagnostics };
  const all = pods.value.map(({ live }) => live).filter((live) => query.run === undefined || runOf(live) === query.run);
  const diagnostics = [...checkInstance(all, query), ...checkContainer(all, query)];
  if (hasErrors(diagnostics)) return { diagnostics };
  const chosen = all.filter((live) => query.instance === undefined || nameOf(live) === query.instance);
  return { value: chosen.flatMap((live) => listSources(live, query.container)), diagnostics: pods.diagnostics };
}

/** The Job that made a pod. */
function runOf(live: JsonObject): string {
  return textOf(mapOf(mapOf(live['metadata'])['labels'])['batch.kubernetes.io/job-name']);
}

function checkInstance(pods: readonly JsonObject[], { instance, node }: LogQuery): readonly Diagnostic[] {
  const names = pods.map(nameOf);
  if (instance === undefined || names.includes(instance)) return [];
  return [diagnose('T6232', { detail: `There is no instance "${instance}" of ${nameNode(node)}.${didYouMean(instance, names)}` })];
}

function checkContainer(pods: readonly JsonObject[], { container, node }: LogQuery): readonly Diagnostic[] {
  const names = [...new Set(pods.flatMap(listContainers).map(({ name }) => name))];
  if (container === undefined || names.length === 0 || names.includes(container)) return [];
  return [diagnose('T6232', { detail: `There is no container "${container}" of ${nameNode(node)}.${didYouMean(container, names)}` })];
}

function listSources(live: JsonObject, container: string | undefined): readonly LogSource[] {
  const names = listContainers(live).map(({ name }) => name);
  const chosen = names.filter((name) => container === undefined || name === container);
  const { initContainerStatuses, containerStatuses } = mapOf(live['status']);
  const states = [...listOf(initContainerStatuses), ...listOf(containerStatuses)].map(mapOf);
  return chosen.map((name) => {
    const status = states.find((each) => each['name'] === name) ?? {};
    return {
      pod: addressOfLive(live),
      container: name,
      id: `${textOf(mapOf(live['metadata'])['uid'])} ${name} ${numberOf(status['restartCount']) ?? 0}`,
      hasBegun: hasBegun(live, name),
      isRunning: mapOf(status['state'])['running'] !== undefined,
    };
  });
}
