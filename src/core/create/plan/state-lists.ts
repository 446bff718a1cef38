import type { EnvironmentState, ObjectState, ResourceState } from '../../model/state.ts';
import type { Uid } from '../../model/uid.ts';
import { createMemo } from './memo.ts';

const rememberObjects = createMemo<EnvironmentState['objects'], readonly ObjectState[]>();
const rememberResources = createMemo<EnvironmentState['resources'], ResourceLists>();

/** The inventory as a list. Remembered by identity. */
export function listInventory({ objects }: EnvironmentState): readonly ObjectState[] {
  return rememberObjects(objects, [], () => Object.values(objects));
}

export interface ResourceLists {
  readonly all: readonly ResourceState[];
  readonly retained: ReadonlySet<Uid>;
}

/** The resources of the last state as lists. Remembered by identity. */
export function listResources({ resources }: EnvironmentState): ResourceLists {
  return rememberResources(resources, [], () => {
    const all = Object.values(resources);
    return { all, retained: new Set(all.filter(({ status }) => status === 'retained').map(({ uid }) => uid)) };
  });
}
