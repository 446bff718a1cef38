import type { Outcome } from '../../diagnostics/diagnostic.ts';
import { invariant } from '../../diagnostics/invariant.ts';
import { hasErrors } from '../../diagnostics/report.ts';
import { compareText } from '../../model/compare.ts';
import type { GraphNode, ResourceNode, WorkloadNode } from '../../model/graph.ts';
import type { Cause, Change, Plan } from '../../model/plan.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import type { ObjectState } from '../../model/state.ts';
import type { Uid } from '../../model/uid.ts';
import { findCauses, type Causes } from './cause.ts';
import { checkRequest } from './check-request.ts';
import { listBrakes, type NamedChange } from './brakes.ts';
import { digestInventory, digestPlan } from './digest-plan.ts';
import { planObject, type Observed } from './plan-object.ts';
import { decideFarewell, findCause, isClaim, planLeavingObject, planRemovedNode, type Farewell } from './plan-removal.ts';
import { planResource } from './plan-resource.ts';
import { planWorkload } from './plan-workload.ts';
import { listRemovedNodes, type RemovedNode } from './removed-nodes.ts';
import type { BuildPlanRequest } from './request.ts';
import { sortObjects } from './sort-objects.ts';

/**
 * Joins what shall be, what was and what is there into one plan.
 * Rule: objects of no node first, then each node in graph order with its objects, then what goes, dependents first. A resource that nothing
 * needs is deleted unless it is stateful or to be retained; PersistentVolumeClaims are never deleted. Planning the state after the plan was
 * carried out gives only `unchanged`.
 * Shape: linear in the number of nodes and objects; whatever is identical to an earlier call is remembered. The order in which objects are
 * handed in does not matter.
 * Reports: T4001 to T4009.
 * Source: domain.md §3.7, §6, §7.
 */
export function buildPlan(request: BuildPlanRequest): Outcome<Plan> {
  const objects = indexObjects(request);
  const diagnostics = checkRequest(request, objects);
  if (hasErrors(diagnostics)) return { diagnostics };
  const draft: Draft = { request, causes: findCauses(request), leaving: groupLeaving(request, objects), groups: [], removed: [] };
  planLoose(draft);
  for (const uid of request.graph.order) planNode(draft, uid);
  const kept = draft.groups.flat();
  for (const node of listRemovedNodes(request)) planRemoval(draft, node);
  planStrays(draft);
  const plan: Plan = {
    changes: [...kept, ...draft.removed.map(({ change }) => change)],
    digest: digestPlan(request.context, [...draft.groups, draft.removed.map(({ change }) => change)]),
    basis: { revision: request.state.revision, release: request.release, inventory: digestInventory(request.state.objects) },
    brakes: listBrakes([...draft.removed, ...listDeletions(kept)], kept, request),
  };
  return { value: plan, diagnostics };
}

interface Draft {
  readonly request: BuildPlanRequest;
  readonly causes: Causes;
  /** Objects of the inventory that nothing renders any more, by node; taken out as they are planned. */
  readonly leaving: Map<Uid, ObjectState[]>;
  /** Changes of nodes that stay, each with its objects. */
  readonly groups: (readonly Change[])[];
  readonly removed: NamedChange[];
}

/** All desired objects by key; of two with the same key the first. */
function indexObjects({ desired }: BuildPlanRequest): ReadonlyMap<ObjectKey, RenderedObject> {
  const objects = new Map<ObjectKey, RenderedObject>();
  const add = (object: RenderedObject): void => {
    if (!objects.has(object.key)) objects.set(object.key, object);
  };
  desired.objects.forEach(add);
  for (const { objects: own } of Object.values(desired.resources)) own.forEach(add);
  for (const { objects: own } of Object.values(desired.workloads)) own.forEach(add);
  return objects;
}

function groupLeaving({ state }: BuildPlanRequest, objects: ReadonlyMap<ObjectKey, RenderedObject>): Map<Uid, ObjectState[]> {
  const leaving = new Map<Uid, ObjectState[]>();
  for (const last of Object.values(state.objects)) {
    if (objects.has(last.key)) continue;
    const group = leaving.get(last.node);
    if (group) group.push(last);
    else leaving.set(last.node, [last]);
  }
  for (const group of leaving.values()) group.sort((left, right) => compareText(left.key, right.key));
  return leaving;
}

function planLoose(draft: Draft): void {
  for (const object of sortObjects(draft.request.desired.objects)) draft.groups.push([planOne(draft, object, draft.causes.other)]);
}

function planNode(draft: Draft, uid: Uid): void {
  const node = draft.request.graph.nodes[uid];
  const group = node && planGraphNode(draft, node);
  if (group) draft.groups.push(group);
}

function planGraphNode(draft: Draft, node: GraphNode): readonly Change[] | undefined {
  if (node.kind === 'derived') return undefined;
  return node.kind === 'workload' ? planWorkloadNode(draft, node) : planResourceNode(draft, node);
}

function planWorkloadNode(draft: Draft, { uid, workload }: WorkloadNode): readonly Change[] {
  const { desired, state } = draft.request;
  const desire = desired.workloads[workload];
  invariant(desire, `the workload ${workload} of the graph is desired`);
  const last = Object.hasOwn(state.workloads, workload) ? state.workloads[workload] : undefined;
  const cause = draft.causes.workload(workload);
  const isSame = last?.declared.digest === desire.declared.digest && last.profile === desire.profile;
  const objects = planObjects(draft, { uid, cause, desired: desire.objects, isSame });
  return [planWorkload({ desire, last, cause, objects }), ...objects];
}

function planResourceNode(draft: Draft, node: ResourceNode): readonly Change[] {
  const { desired, state } = draft.request;
  const desire = desired.resources[node.uid];
  invariant(desire, `the resource ${node.uid} of the graph is desired`);
  const last = Object.hasOwn(state.resources, node.uid) ? state.resources[node.uid] : undefined;
  const cause = draft.causes.resource(node, last);
  const isSame = last?.inputsDigest === desire.inputsDigest;
  const objects = planObjects(draft, { uid: node.uid, cause, desired: desire.objects, isSame });
  return [planResource({ node, desire, last, cause, objects }), ...objects];
}

interface NodeObjects {
  readonly uid: Uid;
  readonly cause: Cause;
  readonly desired: readonly RenderedObject[];
  /** Whether what it is made from is the same: then a claim that is not rendered was left behind earlier. */
  readonly isSame: boolean;
}

function planObjects(draft: Draft, { uid, cause, desired, isSame }: NodeObjects): readonly Change[] {
  const changes = sortObjects(desired).map((object) => planOne(draft, object, cause));
  const leaving = takeLeaving(draft, uid);
  if (leaving.length === 0) return changes;
  return [...changes, ...leaving.map((last) => planLeavingObject({ last, cause, farewell: isSame && isClaim(last) ? 'stay' : 'delete' }))];
}

function planOne({ request }: Draft, desired: RenderedObject, cause: Cause): Change {
  const { state } = request;
  const last = Object.hasOwn(state.objects, desired.key) ? state.objects[desired.key] : undefined;
  return planObject({ desired, last, observed: findObserved(request, desired.key), cause });
}

function findObserved({ observation }: BuildPlanRequest, key: ObjectKey): Observed {
  if (!observation) return 'unobserved';
  return Object.hasOwn(observation.objects, key) ? (observation.objects[key] ?? 'absent') : 'absent';
}

function takeLeaving({ leaving }: Draft, uid: Uid): readonly ObjectState[] {
  const group = leaving.get(uid) ?? [];
  leaving.delete(uid);
  return group;
}

function planRemoval(draft: Draft, node: RemovedNode): void {
  const { request, removed } = draft;
  const farewell = decideFarewell(node, request);
  const { isNamed } = node;
  removed.push({ change: planRemovedNode(node, farewell, request), isNamed });
  const cause = findCause(node, request);
  for (const last of takeLeaving(draft, node.uid)) removed.push({ change: planLeavingObject({ last, farewell, cause }), isNamed });
}

/** Objects whose node the last state does not have: claims left behind earlier, and objects of no node. */
function planStrays({ leaving, removed, causes }: Draft): void {
  const strays = [...leaving.values()].flat().toSorted((left, right) => compareText(left.key, right.key));
  for (const last of strays) {
    const farewell: Farewell = isClaim(last) ? 'stay' : 'delete';
    removed.push({ change: planLeavingObject({ last, farewell, cause: causes.other }), isNamed: false });
  }
}

/** Objects that nodes which stay do not render any more. */
function listDeletions(kept: readonly Change[]): readonly NamedChange[] {
  return kept.filter(({ action }) => action === 'delete').map((change) => ({ change, isNamed: false }));
}
