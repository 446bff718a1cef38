import type { Cause } from '../../model/plan.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { ObjectState } from '../../model/state.ts';
import type { Uid } from '../../model/uid.ts';
import type { ObservedObject, TargetObservation } from '../../ports/target.ts';
import type { ChangeGroup } from './change-group.ts';
import { isIdentical } from './memo.ts';
import type { BuildPlanRequest } from './request.ts';

/** Everything that decides what becomes of a node, but the state of its objects. */
export interface NodeFacts {
  /** The spec or the inputs: what the answer is remembered by. */
  readonly key: object;
  /** Of the profile or the definition. */
  readonly name: string;
  readonly digest: string;
  readonly driver?: string;
  readonly uid?: Uid;
  readonly last: object | undefined;
  readonly cause: Cause;
  readonly objects: readonly RenderedObject[];
}

interface Remembered {
  readonly facts: NodeFacts;
  readonly group: ChangeGroup;
  /** What the objects were compared with, whole … */
  readonly inventory: BuildPlanRequest['state']['objects'];
  readonly observation: TargetObservation | undefined;
  /** … and one by one. */
  readonly lasts: readonly (ObjectState | undefined)[];
  readonly seen: readonly (ObservedObject | undefined)[];
}

const memory = new WeakMap<object, Remembered>();

/** Keeps what becomes of a node. Core data is never changed in place, so identical facts mean the same answer. */
export function keep(facts: NodeFacts, { state, observation }: BuildPlanRequest, group: ChangeGroup): void {
  const lasts = facts.objects.map(({ key }) => state.objects[key]);
  const seen = facts.objects.map(({ key }) => observation?.objects[key]);
  memory.set(facts.key, { facts, group, inventory: state.objects, observation, lasts, seen });
}

/** What becomes of a node, if it was planned from the same facts before. */
export function recall(facts: NodeFacts, request: BuildPlanRequest): ChangeGroup | undefined {
  const known = memory.get(facts.key);
  return known && areSameFacts(known.facts, facts) && areSameObjects(known, request) ? known.group : undefined;
}

function areSameFacts(known: NodeFacts, facts: NodeFacts): boolean {
  if (known.last !== facts.last || known.cause !== facts.cause || known.uid !== facts.uid) return false;
  if (known.name !== facts.name || known.digest !== facts.digest || known.driver !== facts.driver) return false;
  return known.objects === facts.objects || isIdentical(known.objects, facts.objects);
}

function areSameObjects(known: Remembered, { state, observation }: BuildPlanRequest): boolean {
  if ((known.observation === undefined) !== (observation === undefined)) return false;
  const { objects } = known.facts;
  if (known.inventory !== state.objects && objects.some(({ key }, index) => known.lasts[index] !== state.objects[key])) return false;
  return known.observation === observation || !objects.some(({ key }, index) => known.seen[index] !== observation?.objects[key]);
}
