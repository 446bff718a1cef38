import type { Outcome } from '../../diagnostics/diagnostic.ts';
import { hasErrors } from '../../diagnostics/report.ts';
import { compareText } from '../../model/compare.ts';
import type { Change, Plan } from '../../model/plan.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import type { EnvironmentState, ObjectState } from '../../model/state.ts';
import type { Uid } from '../../model/uid.ts';
import { listBrakes, type NamedChange } from './brakes.ts';
import { findCauses } from './cause.ts';
import { checkRequest } from './check-request.ts';
import { digestInventory, digestPlan } from './digest-plan.ts';
import { createMemo } from './memo.ts';
import { planDesired, planNode, type ChangeGroup, type NodeContext } from './plan-node.ts';
import { decideFarewell, findCause, isClaim, planLeavingObject, planRemovedNode, type Farewell } from './plan-removal.ts';
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
  const draft = openDraft(request, objects);
  planLoose(draft);
  planNodes(draft);
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

interface Draft extends NodeContext {
  /** Objects of the inventory that nothing renders any more, by node; taken out as they are planned. */
  readonly leaving: Map<Uid, ObjectState[]>;
  /** Changes of nodes that stay. */
  readonly groups: ChangeGroup[];
  readonly removed: NamedChange[];
}

function openDraft(request: BuildPlanRequest, objects: ReadonlyMap<ObjectKey, RenderedObject>): Draft {
  const leaving = groupLeaving(request, objects);
  const takeLeaving = (uid: Uid): readonly ObjectState[] => {
    const group = leaving.get(uid);
    if (group) leaving.delete(uid);
    return group ?? nothing;
  };
  return { request, causes: findCauses(request), leaving, groups: [], removed: [], takeLeaving };
}

const nothing: readonly ObjectState[] = [];

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

const listInventory = createMemo<EnvironmentState['objects'], readonly ObjectState[]>();

function groupLeaving({ state }: BuildPlanRequest, objects: ReadonlyMap<ObjectKey, RenderedObject>): Map<Uid, ObjectState[]> {
  const leaving = new Map<Uid, ObjectState[]>();
  for (const last of listInventory(state.objects, [], () => Object.values(state.objects))) {
    if (objects.has(last.key)) continue;
    const group = leaving.get(last.node);
    if (group) group.push(last);
    else leaving.set(last.node, [last]);
  }
  for (const group of leaving.values()) group.sort((left, right) => compareText(left.key, right.key));
  return leaving;
}

function planNodes(draft: Draft): void {
  const { order, nodes } = draft.request.graph;
  for (const uid of order) {
    const node = nodes[uid];
    const group = node && planNode(draft, node);
    if (group) draft.groups.push(group);
  }
}

function planLoose({ request, causes, groups }: Draft): void {
  for (const object of sortObjects(request.desired.objects)) groups.push([planDesired(request, object, causes.other)]);
}

function planRemoval(draft: Draft, node: RemovedNode): void {
  const { request, removed } = draft;
  const farewell = decideFarewell(node, request);
  const { isNamed } = node;
  removed.push({ change: planRemovedNode(node, farewell, request), isNamed });
  const cause = findCause(node, request);
  for (const last of draft.takeLeaving(node.uid)) removed.push({ change: planLeavingObject({ last, farewell, cause }), isNamed });
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
