import type { DeploymentContext } from '../../model/context.ts';
import type { ResourceGraph } from '../../model/graph.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { EnvironmentState, TargetBinding } from '../../model/state.ts';
import type { Uid } from '../../model/uid.ts';
import type { ValueObject } from '../../model/value.ts';
import type { DeclaredWorkload } from '../../model/workload.ts';
import type { TargetObservation } from '../../ports/target.ts';

/** All that a plan is made of: what shall be, what was, what is there. */
export interface BuildPlanRequest {
  readonly context: DeploymentContext;
  readonly graph: ResourceGraph;
  readonly desired: Desired;
  /** The last state; retained resources are in it. */
  readonly state: EnvironmentState;
  /** What the target's `observe` saw; absent: nothing is said about drift. */
  readonly observation?: TargetObservation;
  /** What matching says the target is now; compared with `state.target`. */
  readonly target: TargetBinding;
  readonly command: PlanCommand;
  readonly changed: ChangedInputs;
  /** The platform release that was planned with. */
  readonly release: number;
}

/** What an environment shall have. Memoised by the identity of the rendered objects: hand in the same ones again where nothing changed. */
export interface Desired {
  /** One for each resource node of the graph, by uid. Derived nodes have none. */
  readonly resources: Readonly<Record<Uid, ResourceDesire>>;
  /** By workload name. */
  readonly workloads: Readonly<Record<string, WorkloadDesire>>;
  /** Objects of no node of the graph, as the namespace. */
  readonly objects: readonly RenderedObject[];
}

export interface ResourceDesire {
  readonly driver: string;
  readonly isStateful: boolean;
  readonly onRemove?: 'delete' | 'retain';
  /** Evaluated, with marks. */
  readonly inputs: ValueObject;
  readonly inputsDigest: string;
  /** The objects of its node; with marks where outputs are not known yet. */
  readonly objects: readonly RenderedObject[];
}

export interface WorkloadDesire {
  readonly declared: DeclaredWorkload;
  /** The name of its profile, as kept in the state. */
  readonly profile: string;
  readonly objects: readonly RenderedObject[];
}

/** What the command named. */
export interface PlanCommand {
  /** Names of the workloads that it sets. */
  readonly workloads: readonly string[];
  /** Names of the workloads that it removes. */
  readonly remove: readonly string[];
  readonly isWhole: boolean;
  /** Retained or stateful resources that may be deleted. */
  readonly deleteResources: readonly Uid[];
  /** Resources that may be bound anew. */
  readonly rebind: readonly Uid[];
  /** Objects in the way that nobody of tutti made are taken over. */
  readonly adopts?: boolean;
  /** Of a rollback: what ran since then and cannot be undone. */
  readonly crosses?: readonly string[];
  /** Everything goes; what holds data only where that is said. */
  readonly destroys?: 'all-but-data' | 'all';
}

/** What differs from the last deployment besides the workloads: tells the cause of a change. */
export interface ChangedInputs {
  readonly areValuesChanged: boolean;
  readonly isReleaseChanged: boolean;
}
