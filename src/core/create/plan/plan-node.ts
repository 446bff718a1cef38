import { invariant } from '../../diagnostics/invariant.ts';
import type { GraphNode, ResourceNode, WorkloadNode } from '../../model/graph.ts';
import type { Cause, Change } from '../../model/plan.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import type { ObjectState } from '../../model/state.ts';
import type { Uid } from '../../model/uid.ts';
import type { Causes } from './cause.ts';
import { isIdentical } from './memo.ts';
import { planObject, type Observed } from './plan-object.ts';
import { isClaim, planLeavingObject } from './plan-removal.ts';
import { planResource } from './plan-resource.ts';
import { planWorkload } from './plan-workload.ts';
import type { BuildPlanRequest } from './request.ts';
import { sortObjects } from './sort-objects.ts';

/** What planning a node needs besides the node. */
export interface NodeContext {
  readonly request: BuildPlanRequest;
  readonly causes: Causes;
  /** Takes the objects of a node that nothing renders any more. */
  takeLeaving(uid: Uid): readonly ObjectState[];
}

/** A change and those of the objects that belong to it, in this order. */
export type ChangeGroup = readonly Change[];

/**
 * Says what becomes of a node that the graph has, and of its objects.
 * Shape: remembered by the identity of the spec or the inputs, for as long as the objects and all that they are compared with are identical.
 */
export function planNode(context: NodeContext, node: GraphNode): ChangeGroup | undefined {
  if (node.kind === 'derived') return undefined;
  return node.kind === 'workload' ? planWorkloadNode(context, node) : planResourceNode(context, node);
}

function planWorkloadNode(context: NodeContext, { uid, workload }: WorkloadNode): ChangeGroup {
  const { desired, state } = context.request;
  const desire = Object.hasOwn(desired.workloads, workload) ? desired.workloads[workload] : undefined;
  invariant(desire, 'a workload of the graph is desired');
  const last = Object.hasOwn(state.workloads, workload) ? state.workloads[workload] : undefined;
  const cause = context.causes.workload(workload);
  const isSame = last?.declared.digest === desire.declared.digest && last.profile === desire.profile;
  const parts = [desire.profile, last, cause];
  return remember(context, { key: desire.declared, parts, uid, cause, isSame, desired: desire.objects }, (objects) =>
    planWorkload({ desire, last, cause, objects }),
  );
}

function planResourceNode(context: NodeContext, node: ResourceNode): ChangeGroup {
  const { desired, state } = context.request;
  const { uid } = node;
  const desire = desired.resources[uid];
  invariant(desire, 'a resource of the graph is desired');
  const last = state.resources[uid];
  const cause = context.causes.resource(node, last);
  const isSame = last?.inputsDigest === desire.inputsDigest;
  const parts = [uid, node.match.name, node.rebind?.name, desire.driver, desire.inputsDigest, last, cause];
  return remember(context, { key: desire.inputs, parts, uid, cause, isSame, desired: desire.objects }, (objects) =>
    planResource({ node, desire, last, cause, objects }),
  );
}

interface NodeCase {
  /** What the answer is remembered by. */
  readonly key: object;
  readonly parts: readonly unknown[];
  readonly uid: Uid;
  readonly cause: Cause;
  /** Whether what it is made from is the same: then a claim that is not rendered was left behind earlier. */
  readonly isSame: boolean;
  readonly desired: readonly RenderedObject[];
}

interface Remembered {
  readonly parts: readonly unknown[];
  readonly desired: readonly RenderedObject[];
  readonly lasts: readonly (ObjectState | undefined)[];
  readonly seen: readonly Observed[];
  readonly group: ChangeGroup;
}

const memory = new WeakMap<object, Remembered>();

function remember(context: NodeContext, each: NodeCase, plan: (objects: readonly Change[]) => Change): ChangeGroup {
  const { request } = context;
  const leaving = context.takeLeaving(each.uid);
  const known = leaving.length === 0 ? memory.get(each.key) : undefined;
  if (known && isStillTrue(known, each, request)) return known.group;
  const desired = sortObjects(each.desired);
  const objects = desired.map((object) => planDesired(request, object, each.cause));
  const { cause } = each;
  const gone = leaving.map((last) => planLeavingObject({ last, cause, farewell: each.isSame && isClaim(last) ? 'stay' : 'delete' }));
  const all = [...objects, ...gone];
  const group = [plan(all), ...all];
  if (leaving.length === 0) {
    const lasts = each.desired.map(({ key }) => request.state.objects[key]);
    const seen = each.desired.map(({ key }) => findObserved(request, key));
    memory.set(each.key, { parts: each.parts, desired: each.desired, lasts, seen, group });
  }
  return group;
}

function isStillTrue(known: Remembered, { parts, desired }: NodeCase, request: BuildPlanRequest): boolean {
  if (!isIdentical(known.parts, parts) || !isIdentical(known.desired, desired)) return false;
  for (const [index, { key }] of desired.entries()) {
    if (known.lasts[index] !== request.state.objects[key] || known.seen[index] !== findObserved(request, key)) return false;
  }
  return true;
}

/** Says what becomes of one rendered object. A key is no name of a prototype's member, so it is looked up as it is. */
export function planDesired(request: BuildPlanRequest, desired: RenderedObject, cause: Cause): Change {
  return planObject({ desired, last: request.state.objects[desired.key], observed: findObserved(request, desired.key), cause });
}

function findObserved({ observation }: BuildPlanRequest, key: ObjectKey): Observed {
  return observation ? (observation.objects[key] ?? 'absent') : 'unobserved';
}
