import { compareText, type Instance, type Outcome, type RuntimeRequest } from '../../../core/index.ts';
import type { Cluster } from '../cluster.ts';
import { describePod } from './describe-pod.ts';
import { listPods } from './pods.ts';

/** Pods of all nodes of an environment, sorted by node and name. */
export async function listInstances(cluster: Cluster, request: RuntimeRequest, now: () => string): Promise<Outcome<readonly Instance[]>> {
  const pods = await listPods(cluster, request);
  if (!pods.value) return { diagnostics: pods.diagnostics };
  const instances = pods.value.map((pod) => describePod(pod, now()));
  return {
    value: instances.toSorted((left, right) => compareText(left.node, right.node) || compareText(left.name, right.name)),
    diagnostics: pods.diagnostics,
  };
}
