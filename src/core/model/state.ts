import type { ObjectKey } from './rendering.ts';
import type { TargetType } from './platform.ts';
import type { Uid } from './uid.ts';
import type { JsonObject, ValueObject } from './value.ts';
import type { DeclaredWorkload } from './workload.ts';

/** What tutti knows of one environment: the last state that planning starts from. */
export interface EnvironmentState {
  /** Counts every change of it. */
  readonly revision: number;
  readonly target?: TargetBinding;
  readonly workloads: Readonly<Record<string, WorkloadState>>;
  readonly resources: Readonly<Record<Uid, ResourceState>>;
  /** What other tools knew of resources before they were first deployed here. */
  readonly imported?: Readonly<Record<Uid, ImportedResource>>;
  /** What drivers tell each other: the shared state of Score provisioners. */
  readonly shared?: ValueObject;
  /** The inventory. */
  readonly objects: Readonly<Record<ObjectKey, ObjectState>>;
}

/** What is taken over for a resource, until it has a state of its own. */
export interface ImportedResource {
  /** In place of the one that would be derived: names are made of it. */
  readonly guid?: string;
  /** The driver's own memory. */
  readonly state: ValueObject;
}

/** An environment stays bound to the target that it was first deployed to. */
export interface TargetBinding {
  readonly name: string;
  readonly type: TargetType;
  /** Evaluated. */
  readonly inputs: JsonObject;
}

export interface WorkloadState {
  readonly name: string;
  readonly declared: DeclaredWorkload;
  /** The text of its Score file, for positions and for people. */
  readonly text?: string;
  readonly profile: string;
  readonly status: 'applying' | 'ready' | 'failed';
  readonly dependsOn: readonly Uid[];
}

export interface ResourceState {
  readonly uid: Uid;
  readonly type: string;
  readonly class: string;
  readonly id: string;
  /** The binding: the definition that first provisioned it. */
  readonly definition: { readonly name: string; readonly digest: string };
  readonly driver: string;
  readonly isStateful: boolean;
  readonly onRemove?: 'delete' | 'retain';
  readonly status: ResourceStatus;
  /** SHA-256 of the evaluated inputs, hex. */
  readonly inputsDigest: string;
  /** Evaluated, with secrets as references: what a later deprovision needs. */
  readonly inputs: ValueObject;
  readonly outputs: ValueObject;
  readonly state: ValueObject;
  readonly dependsOn: readonly Uid[];
}

export type ResourceStatus = 'provisioning' | 'ready' | 'failed' | 'retained' | 'deprovisioning';

export interface ObjectState {
  readonly key: ObjectKey;
  readonly node: Uid;
  /** As deployed. */
  readonly hash: string;
  readonly body: ValueObject;
  /** What its target wanted to know again. */
  readonly memory?: JsonObject;
  /** Fields that are left as others have set them: JSON pointers. */
  readonly accepted?: readonly string[];
}

export const emptyState: EnvironmentState = { revision: 0, workloads: {}, resources: {}, objects: {} };
