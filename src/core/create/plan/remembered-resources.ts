import type { ResourceGraph } from '../../model/graph.ts';
import type { Cause } from '../../model/plan.ts';
import type { ChangeGroup } from './change-group.ts';
import type { BuildPlanRequest } from './request.ts';

/** What becomes of all resources of a graph. */
export interface ResourceGroups {
  /** By place in the order of the graph; none for what is no resource. */
  readonly groups: readonly (ChangeGroup | undefined)[];
  /** How many of them the last state has. */
  readonly found: number;
}

interface Remembered extends ResourceGroups {
  readonly state: BuildPlanRequest['state'];
  readonly observation: BuildPlanRequest['observation'];
  readonly desired: BuildPlanRequest['desired']['resources'];
}

const memory = new WeakMap<ResourceGraph, Remembered>();

/** Where something's spec has changed, that is the cause for every resource that its definition does not move, whichever needs it. */
const steadyCause: Cause = 'spec';

/** Keeps what becomes of the resources of a graph; only where nothing leaves and no cause depends on which workload has changed. */
export function keepResources(request: BuildPlanRequest, other: Cause, made: ResourceGroups): void {
  if (other === steadyCause) memory.set(request.graph, remember(request, made));
}

function remember({ state, observation, desired }: BuildPlanRequest, made: ResourceGroups): Remembered {
  return { ...made, state, observation, desired: desired.resources };
}

/** What becomes of the resources, if they were planned from the same objects before. */
export function recallResources({ graph, state, observation, desired }: BuildPlanRequest, other: Cause): ResourceGroups | undefined {
  const known = other === steadyCause ? memory.get(graph) : undefined;
  if (!known || known.state !== state || known.observation !== observation) return undefined;
  return known.desired === desired.resources ? known : undefined;
}
