import { invariant } from '../../diagnostics/invariant.ts';
import type { GraphNode, ResourceNode, WorkloadNode } from '../../model/graph.ts';
import type { Cause, Change } from '../../model/plan.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import type { ObjectState, ResourceState, WorkloadState } from '../../model/state.ts';
import type { Uid } from '../../model/uid.ts';
import type { Causes } from './cause.ts';
import { makeGroup, type ChangeGroup } from './change-group.ts';
import { planObject, type Observed } from './plan-object.ts';
import { isClaim, planLeavingObject } from './plan-removal.ts';
import { planResource } from './plan-resource.ts';
import { planWorkload } from './plan-workload.ts';
import { recall, keep, type NodeFacts } from './remembered-nodes.ts';
import type { BuildPlanRequest } from './request.ts';
import { sortObjects } from './sort-objects.ts';

/** What planning a node needs besides the node. */
export interface NodeContext {
  readonly request: BuildPlanRequest;
  readonly causes: Causes;
  /** Takes the objects of a node that nothing renders any more. */
  takeLeaving(uid: Uid): readonly ObjectState[];
}

/**
 * Says what becomes of a node that the graph has, and of its objects.
 * Shape: remembered for as long as everything that it is made from is identical.
 */
export function planNode(context: NodeContext, node: ResourceNode | WorkloadNode): ChangeGroup {
  return node.kind === 'workload' ? planWorkloadNode(context, node) : planResourceNode(context, node);
}

/** What the last state says of a node. */
export function findLast({ state }: BuildPlanRequest, node: GraphNode): ResourceState | WorkloadState | undefined {
  if (node.kind !== 'workload') return state.resources[node.uid];
  return Object.hasOwn(state.workloads, node.workload) ? state.workloads[node.workload] : undefined;
}

function planWorkloadNode(context: NodeContext, node: WorkloadNode): ChangeGroup {
  const { request, causes } = context;
  const { workload, uid } = node;
  const desire = Object.hasOwn(request.desired.workloads, workload) ? request.desired.workloads[workload] : undefined;
  invariant(desire, 'a workload of the graph is desired');
  const last = Object.hasOwn(request.state.workloads, workload) ? request.state.workloads[workload] : undefined;
  const cause = causes.workload(workload);
  const leaving = context.takeLeaving(uid);
  const facts: NodeFacts = {
    key: desire.declared,
    name: desire.profile,
    digest: desire.declared.digest,
    last,
    cause,
    objects: desire.objects,
  };
  const known = leaving.length === 0 ? recall(facts, request) : undefined;
  if (known) return known;
  const isSame = last?.declared.digest === desire.declared.digest && last.profile === desire.profile;
  const objects = planObjects(request, { desired: desire.objects, leaving, cause, isSame });
  const group = makeGroup([planWorkload({ desire, last, cause, objects }), ...objects]);
  if (leaving.length === 0) keep(facts, request, group);
  return group;
}

function planResourceNode(context: NodeContext, node: ResourceNode): ChangeGroup {
  const { request, causes } = context;
  const { uid } = node;
  const desire = request.desired.resources[uid];
  invariant(desire, 'a resource of the graph is desired');
  const last = request.state.resources[uid];
  const cause = causes.resource(node, last);
  const leaving = context.takeLeaving(uid);
  const name = node.rebind?.name ?? node.match.name;
  const facts: NodeFacts = {
    key: desire.inputs,
    name,
    digest: desire.inputsDigest,
    driver: desire.driver,
    uid,
    last,
    cause,
    objects: desire.objects,
  };
  const known = leaving.length === 0 ? recall(facts, request) : undefined;
  if (known) return known;
  const isSame = last?.inputsDigest === desire.inputsDigest;
  const objects = planObjects(request, { desired: desire.objects, leaving, cause, isSame });
  const group = makeGroup([planResource({ node, desire, last, cause, objects }), ...objects]);
  if (leaving.length === 0) keep(facts, request, group);
  return group;
}

interface NodeObjects {
  readonly desired: readonly RenderedObject[];
  readonly leaving: readonly ObjectState[];
  readonly cause: Cause;
  /** Whether what the node is made from is the same: then a claim that is not rendered was left behind earlier. */
  readonly isSame: boolean;
}

function planObjects(request: BuildPlanRequest, { desired, leaving, cause, isSame }: NodeObjects): readonly Change[] {
  const changes = sortObjects(desired).map((object) => planDesired(request, object, cause));
  if (leaving.length === 0) return changes;
  const gone = leaving.map((last) => planLeavingObject({ last, cause, request, farewell: isSame && isClaim(last) ? 'stay' : 'delete' }));
  return [...changes, ...gone];
}

/** Says what becomes of one rendered object. A key is no name of a prototype's member, so it is looked up as it is. */
export function planDesired(request: BuildPlanRequest, desired: RenderedObject, cause: Cause): Change {
  return planObject({ desired, last: request.state.objects[desired.key], observed: findObserved(request, desired.key), cause });
}

function findObserved({ observation }: BuildPlanRequest, key: ObjectKey): Observed {
  return observation ? (observation.objects[key] ?? 'absent') : 'unobserved';
}
