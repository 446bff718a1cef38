import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import type { EnvironmentState } from '../../model/state.ts';
import { createMemo } from './memo.ts';
import type { BuildPlanRequest, Desired } from './request.ts';
import { listInventory } from './state-lists.ts';

/** All desired objects by key; of two with the same key the first. */
export interface DesiredIndex {
  readonly objects: ReadonlyMap<ObjectKey, RenderedObject>;
  /** How many there are, the same key counted each time. */
  readonly total: number;
  /** How many objects of the inventory nothing renders any more. */
  readonly leavingCount: number;
}

type ObjectLists = readonly (readonly RenderedObject[])[];

interface KeptIndex extends DesiredIndex {
  readonly objects: Map<ObjectKey, RenderedObject>;
  readonly lists: ObjectLists;
}

const kept = new WeakMap<EnvironmentState['objects'], KeptIndex>();

/** More lists than this are not worth patching. */
const patchCountMax = 500;

/**
 * Indexes the desired objects.
 * Shape: the index of the same inventory's last planning is patched where few lists differ; without one it is built.
 */
export function indexDesired({ desired, state }: BuildPlanRequest): DesiredIndex {
  const lists = collectLists(desired);
  const earlier = kept.get(state.objects);
  const patched = earlier && patchIndex(earlier, lists, state);
  const index = patched && patched.total === patched.objects.size ? patched : buildIndex(lists, state);
  if (index.total === index.objects.size) kept.set(state.objects, index);
  else kept.delete(state.objects);
  return index;
}

type Desires = Readonly<Record<string, { readonly objects: readonly RenderedObject[] }>>;

const rememberLists = createMemo<Desires, ObjectLists>();

function collectLists({ objects, resources, workloads }: Desired): ObjectLists {
  return [[objects], listOf(resources), listOf(workloads)].flat();
}

function listOf(desires: Desires): ObjectLists {
  return rememberLists(desires, [], () => Object.values(desires).map((desire) => desire.objects));
}

function buildIndex(lists: ObjectLists, state: EnvironmentState): KeptIndex {
  const objects = new Map<ObjectKey, RenderedObject>();
  let total = 0;
  for (const list of lists) {
    total += list.length;
    for (const object of list) if (!objects.has(object.key)) objects.set(object.key, object);
  }
  let leavingCount = 0;
  for (const { key } of listInventory(state)) if (!objects.has(key)) leavingCount += 1;
  return { objects, lists, total, leavingCount };
}

function patchIndex(earlier: KeptIndex, lists: ObjectLists, state: EnvironmentState): KeptIndex | undefined {
  const before = earlier.lists;
  if (lists.length !== before.length) return undefined;
  const differing: number[] = [];
  for (let index = 0; index < lists.length; index++) if (lists[index] !== before[index]) differing.push(index);
  if (differing.length > patchCountMax) return undefined;
  const gone = differing.flatMap((index) => before[index] ?? []);
  const come = differing.flatMap((index) => lists[index] ?? []);
  const isDeployed = ({ key }: RenderedObject): boolean => state.objects[key] !== undefined;
  for (const { key } of gone) earlier.objects.delete(key);
  for (const object of come) earlier.objects.set(object.key, object);
  return {
    objects: earlier.objects,
    lists,
    total: earlier.total - gone.length + come.length,
    leavingCount: earlier.leavingCount + gone.filter(isDeployed).length - come.filter(isDeployed).length,
  };
}
