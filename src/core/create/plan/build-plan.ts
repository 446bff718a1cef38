import type { Outcome } from '../../diagnostics/diagnostic.ts';
import { hasErrors } from '../../diagnostics/report.ts';
import { compareText } from '../../model/compare.ts';
import type { Change, Plan } from '../../model/plan.ts';
import type { ObjectState } from '../../model/state.ts';
import type { Uid } from '../../model/uid.ts';
import { listBrakes, type NamedChange } from './brakes.ts';
import { findCauses } from './cause.ts';
import { makeGroup, type ChangeGroup } from './change-group.ts';
import { checkBindings, checkRequest } from './check-request.ts';
import { indexDesired, type DesiredIndex } from './desired-index.ts';
import { digestInventory, digestPlan } from './digest-plan.ts';
import { findLast, planDesired, planNode, type NodeContext } from './plan-node.ts';
import { decideFarewell, findCause, isClaim, planLeavingObject, planRemovedNode, type Farewell } from './plan-removal.ts';
import { listRemovedNodes, type RemovedNode } from './removed-nodes.ts';
import { keepResources, recallResources, type ResourceGroups } from './remembered-resources.ts';
import type { BuildPlanRequest } from './request.ts';
import { sortObjects } from './sort-objects.ts';
import { listInventory } from './state-lists.ts';

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
  const index = indexDesired(request);
  const diagnostics = checkRequest(request, index);
  if (hasErrors(diagnostics)) return { diagnostics };
  const draft = openDraft(request, index);
  planLoose(draft);
  const found = planNodes(draft);
  const effective = draft.groups.flatMap((group) => group.effective);
  const unbindable = checkBindings(request, effective);
  if (unbindable.length > 0) return { diagnostics: [...diagnostics, ...unbindable] };
  for (const node of listRemovedNodes(request, found)) planRemoval(draft, node);
  planStrays(draft);
  return { value: finishPlan(draft, effective), diagnostics };
}

function finishPlan({ request, groups, removed }: Draft, effective: readonly Change[]): Plan {
  const gone = makeGroup(removed.map(({ change }) => change));
  const changes: Change[] = [];
  for (const group of groups) for (const change of group.changes) changes.push(change);
  for (const change of gone.changes) changes.push(change);
  const deletions = effective.filter(({ action }) => action === 'delete').map((change) => ({ change, isNamed: false }));
  return {
    changes,
    digest: digestPlan(request.context, [...groups, gone]),
    basis: { revision: request.state.revision, release: request.release, inventory: digestInventory(request.state) },
    brakes: listBrakes([...removed, ...deletions], effective, request),
  };
}

interface Draft extends NodeContext {
  /** Objects of the inventory that nothing renders any more, by node; taken out as they are planned. */
  readonly leaving: Map<Uid, ObjectState[]>;
  /** Changes of nodes that stay. */
  readonly groups: ChangeGroup[];
  readonly removed: NamedChange[];
}

function openDraft(request: BuildPlanRequest, index: DesiredIndex): Draft {
  const leaving = index.leavingCount === 0 ? new Map<Uid, ObjectState[]>() : groupLeaving(request, index);
  const takeLeaving = (uid: Uid): readonly ObjectState[] => {
    const group = leaving.size === 0 ? undefined : leaving.get(uid);
    if (group) leaving.delete(uid);
    return group ?? nothing;
  };
  return { request, causes: findCauses(request), leaving, groups: [], removed: [], takeLeaving };
}

const nothing: readonly ObjectState[] = [];

function groupLeaving({ state }: BuildPlanRequest, { objects }: DesiredIndex): Map<Uid, ObjectState[]> {
  const leaving = new Map<Uid, ObjectState[]>();
  for (const last of listInventory(state)) {
    if (objects.has(last.key)) continue;
    const group = leaving.get(last.node);
    if (group) group.push(last);
    else leaving.set(last.node, [last]);
  }
  for (const group of leaving.values()) group.sort((left, right) => compareText(left.key, right.key));
  return leaving;
}

/** Plans the nodes of the graph; says how many of them the last state has. */
function planNodes(draft: Draft): number {
  const { request, causes, leaving } = draft;
  if (leaving.size > 0) return planEachNode(draft, undefined).found;
  const known = recallResources(request, causes.other);
  const made = planEachNode(draft, known);
  if (!known) keepResources(request, causes.other, made.resources);
  return made.found;
}

/** Plans node after node; takes resources from what is known of them. */
function planEachNode(draft: Draft, known: ResourceGroups | undefined): { readonly resources: ResourceGroups; readonly found: number } {
  const { order, nodes } = draft.request.graph;
  const groups: (ChangeGroup | undefined)[] = [];
  const found = { workload: 0, resource: known?.found ?? 0 };
  for (const [index, uid] of order.entries()) {
    const remembered = known?.groups[index];
    if (remembered) {
      draft.groups.push(remembered);
      continue;
    }
    const node = nodes[uid];
    if (!node || node.kind === 'derived') continue;
    const group = planNode(draft, node);
    draft.groups.push(group);
    if (findLast(draft.request, node)) found[node.kind] += 1;
    if (node.kind === 'resource') groups[index] = group;
  }
  return { resources: { groups, found: found.resource }, found: found.workload + found.resource };
}

function planLoose({ request, causes, groups }: Draft): void {
  for (const object of sortObjects(request.desired.objects)) groups.push(makeGroup([planDesired(request, object, causes.other)]));
}

function planRemoval(draft: Draft, node: RemovedNode): void {
  const { request, removed } = draft;
  const farewell = decideFarewell(node, request);
  const { isNamed } = node;
  removed.push({ change: planRemovedNode(node, farewell, request), isNamed });
  const cause = findCause(node, request);
  for (const last of draft.takeLeaving(node.uid)) removed.push({ change: planLeavingObject({ last, farewell, cause, request }), isNamed });
}

/** Objects whose node the last state does not have: claims left behind earlier, and objects of no node. */
function planStrays({ request, leaving, removed, causes }: Draft): void {
  const strays = [...leaving.values()].flat().toSorted((left, right) => compareText(left.key, right.key));
  for (const last of strays) {
    const farewell: Farewell = isClaim(last) && request.command.destroys !== 'all' ? 'stay' : 'delete';
    removed.push({ change: planLeavingObject({ last, farewell, cause: causes.other, request }), isNamed: false });
  }
}
