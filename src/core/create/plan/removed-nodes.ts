import { compareText } from '../../model/compare.ts';
import type { EnvironmentState, ResourceState } from '../../model/state.ts';
import { makeWorkloadUid, type Uid } from '../../model/uid.ts';
import type { BuildPlanRequest } from './request.ts';
import { listResources } from './state-lists.ts';

/** A node that the environment had and shall not have any more. */
export type RemovedNode = {
  readonly uid: Uid;
  readonly dependsOn: readonly Uid[];
  /** Whether the command named it, or a workload by which alone it was reached. */
  readonly isNamed: boolean;
} & ({ readonly kind: 'workload'; readonly name: string } | { readonly kind: 'resource'; readonly last: ResourceState });

/**
 * Lists the nodes that go, what depends on another before it.
 * Shape: reverse topological order of the last state; ties by uid. `found` is how many nodes of the last state stay.
 */
export function listRemovedNodes(request: BuildPlanRequest, found: number): readonly RemovedNode[] {
  const { state, desired, command } = request;
  const { all } = listResources(state);
  const lasts = Object.values(state.workloads);
  if (found === lasts.length + all.length) return [];
  const named = reachNamed(state, [...command.remove.map(makeWorkloadUid), ...command.deleteResources]);
  const workloads = lasts
    .filter(({ name }) => !Object.hasOwn(desired.workloads, name))
    .map(({ name, dependsOn }): RemovedNode => {
      const uid = makeWorkloadUid(name);
      return { kind: 'workload', uid, name, dependsOn, isNamed: named.has(uid) };
    });
  const resources = all
    .filter(({ uid }) => !Object.hasOwn(desired.resources, uid))
    .map((last): RemovedNode => ({ kind: 'resource', uid: last.uid, last, dependsOn: last.dependsOn, isNamed: named.has(last.uid) }));
  return orderForRemoval([...workloads, ...resources]);
}

/** The named nodes and all that they depended on. */
function reachNamed(state: EnvironmentState, named: readonly Uid[]): ReadonlySet<Uid> {
  const byUid = new Map<Uid, readonly Uid[]>();
  const waiting = [...named];
  if (waiting.length === 0) return new Set();
  for (const { name, dependsOn } of Object.values(state.workloads)) byUid.set(makeWorkloadUid(name), dependsOn);
  for (const { uid, dependsOn } of Object.values(state.resources)) byUid.set(uid, dependsOn);
  const reached = new Set<Uid>();
  for (let uid = waiting.pop(); uid !== undefined; uid = waiting.pop()) {
    if (reached.has(uid)) continue;
    reached.add(uid);
    waiting.push(...(byUid.get(uid) ?? []));
  }
  return reached;
}

function orderForRemoval(nodes: readonly RemovedNode[]): readonly RemovedNode[] {
  const rest = new Map(sortNodes(nodes).map((node) => [node.uid, node]));
  const dependents = new Map<Uid, number>();
  for (const uid of nodes.flatMap(({ dependsOn }) => dependsOn)) dependents.set(uid, (dependents.get(uid) ?? 0) + 1);
  const ordered: RemovedNode[] = [];
  let ready: readonly RemovedNode[] = [...rest.values()].filter(({ uid }) => !dependents.has(uid));
  while (ready.length > 0) {
    for (const node of ready) {
      rest.delete(node.uid);
      ordered.push(node);
    }
    const released = ready.flatMap(({ dependsOn }) => dependsOn.filter((uid) => release(dependents, uid)));
    ready = sortNodes(released.flatMap((uid) => presentIn(rest, uid)));
  }
  // A state with a cycle in it, which no graph of ours has, still gets all its nodes removed.
  return [...ordered, ...rest.values()];
}

function sortNodes(nodes: readonly RemovedNode[]): readonly RemovedNode[] {
  return nodes.toSorted((left, right) => compareText(left.uid, right.uid));
}

/** Counts one dependent less; says whether it was the last. */
function release(dependents: Map<Uid, number>, uid: Uid): boolean {
  const count = (dependents.get(uid) ?? 0) - 1;
  dependents.set(uid, count);
  return count === 0;
}

function presentIn(rest: ReadonlyMap<Uid, RemovedNode>, uid: Uid): readonly RemovedNode[] {
  const node = rest.get(uid);
  return node ? [node] : [];
}
