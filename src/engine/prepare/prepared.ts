import type {
  Actor,
  BuildPlanRequest,
  DeploymentContext,
  DriverRequest,
  DeploymentRequest,
  EnvironmentRecord,
  EnvironmentState,
  EnvironmentValue,
  Patcher,
  Plan,
  Platform,
  RenderedObject,
  ResourceGraph,
  ResourceResult,
  ResourceState,
  RevealSecret,
  Secret,
  Target,
  TargetBinding,
  TargetDocument,
  TargetObservation,
  Uid,
  ValueObject,
} from '../../core/index.ts';
import type { DriverLoaders, TargetLoaders } from '../dependencies.ts';
import type { DesiredWorkload } from '../desired.ts';
import type { SeedBook } from '../seeds.ts';
import type { PreparationMemory } from './preparation-memory.ts';

/** What preparing reaches the world through; all of it only reads. */
export interface PrepareDependencies {
  readonly drivers: DriverLoaders;
  readonly targets: TargetLoaders;
  readonly baseDir: string;
  readonly patcher: () => Promise<Patcher>;
}

/** Everything that a plan is made of: one consistent view of an environment and what shall become of it. */
export interface PrepareInputs {
  readonly environment: Pick<EnvironmentRecord, 'project' | 'environment' | 'type' | 'incarnation' | 'labels'> & {
    readonly identity?: string;
  };
  readonly state: EnvironmentState;
  readonly values: readonly EnvironmentValue[];
  readonly platform: Platform;
  readonly release: number;
  readonly request: DeploymentRequest;
  readonly requester: Actor;
  readonly seeds: SeedBook;
  /** For drivers that compute with what they sealed. */
  readonly reveal: RevealSecret;
  /** ISO 8601. */
  readonly now: string;
  readonly changed: BuildPlanRequest['changed'];
  /** In the middle of carrying out: what drivers remember of the resources that were completed since, by uid. */
  readonly completed?: Readonly<Record<Uid, ValueObject>>;
  readonly signal: AbortSignal;
  /** Of the same environment; absent: everything is worked out anew. */
  readonly memory?: PreparationMemory;
  /** For files: a target by name, or a format, instead of what matching says. */
  readonly chosen?: { readonly target?: string; readonly format?: 'kubernetes' | 'compose' };
}

/** What became of one node: its outputs and the objects that belong to it. */
export interface NodeResult {
  readonly outputs: ValueObject;
  readonly objects: readonly RenderedObject[];
  /** Whether nothing outside had a part in it: a driver that is not pure may answer otherwise the next time. */
  readonly isRepeatable: boolean;
  /** Of a resource. */
  readonly resource?: ResourceResolution;
}

export interface ResourceResolution {
  readonly driver: string;
  readonly inputs: ValueObject;
  /** What its driver is asked with. */
  readonly request: Omit<DriverRequest, 'secrets' | 'signal'>;
  readonly result: ResourceResult;
  /** Its outputs are read from the target once its objects are ready. */
  readonly isCompletedLater: boolean;
}

export interface BoundTarget {
  readonly document: TargetDocument;
  readonly target: Target;
  readonly binding: TargetBinding;
  readonly namespace: string;
  readonly context: DeploymentContext;
}

/** A graph with every node resolved and rendered. */
export interface Rendered {
  readonly bound: BoundTarget;
  readonly workloads: readonly DesiredWorkload[];
  readonly graph: ResourceGraph;
  readonly nodes: ReadonlyMap<Uid, NodeResult>;
  /** Jobs that are run before or after what they belong to is written; they are no objects of the environment. */
  readonly hooks: readonly RenderedObject[];
  /** Objects of no node: the namespace. */
  readonly loose: readonly RenderedObject[];
  /** Values that the secret store has to hold before the objects are written. */
  readonly secrets: readonly SecretDelivery[];
}

/** One value for the secret store that Git refers to. */
export interface SecretDelivery {
  readonly key: string;
  readonly version: string;
  readonly secret: Secret;
}

/** A plan with all that carrying it out needs. */
export interface Prepared extends Rendered {
  readonly observation: TargetObservation;
  readonly plan: Plan;
  /** States that the resources will have, by uid. */
  readonly resources: Readonly<Record<Uid, ResourceState>>;
}
