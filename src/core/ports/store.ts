import type { DeploymentWork } from './queue.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { Plan, Subject } from '../model/plan.ts';
import type { ObjectKey } from '../model/rendering.ts';
import type { EnvironmentState, ImportedResource, ObjectState, ResourceState, TargetBinding, WorkloadState } from '../model/state.ts';
import type { Uid } from '../model/uid.ts';
import type { Json, JsonObject, ValueObject } from '../model/value.ts';
import type { DeclaredWorkload } from '../model/workload.ts';

/**
 * Everything that tutti remembers. Every method that changes something is one transaction and writes its audit row.
 * Times are ISO 8601 strings. Expected failures (not found, exists, stale, fenced) are diagnostics of the 7xxx codes;
 * a broken connection is one as well.
 */
export interface Store {
  readonly projects: ProjectStore;
  readonly environments: EnvironmentStore;
  readonly secrets: SecretValueStore;
  readonly releases: ReleaseStore;
  readonly plans: PlanStore;
  readonly deployments: DeploymentStore;
  readonly seeds: SeedStore;
  readonly events: EventStore;
  readonly tokens: TokenStore;
  close(): Promise<void>;
}

/** Who does it, for the records. */
export interface Actor {
  readonly name: string;
}

/** Names an environment. */
export interface EnvironmentRef {
  readonly project: string;
  readonly environment: string;
}

export interface ProjectRecord {
  readonly name: string;
  readonly displayName?: string;
  readonly createdAt: string;
}

export interface ProjectStore {
  create(input: { readonly name: string; readonly displayName?: string }, actor: Actor): Promise<Outcome<ProjectRecord>>;
  list(): Promise<readonly ProjectRecord[]>;
  find(name: string): Promise<Outcome<ProjectRecord>>;
  /** Refused while it has environments. */
  delete(name: string, actor: Actor): Promise<Outcome<void>>;
}

export interface EnvironmentRecord extends EnvironmentRef {
  readonly type: string;
  readonly incarnation: number;
  /** The platform release that it is pinned to. */
  readonly release: number;
  readonly labels: Readonly<Record<string, string>>;
  /** A UUID that no other environment has, in no installation. */
  readonly identity: string;
  readonly createdAt: string;
}

/** An environment's own settings. A secret one holds a version, never the value. */
export interface EnvironmentValue {
  readonly key: string;
  /** Absent: the value is a secret. */
  readonly value?: string;
  readonly version: number;
  /** Keyed hash of a secret value. */
  readonly hash?: string;
  readonly changedAt: string;
  readonly changedBy: string;
}

export interface EnvironmentStore {
  /** Pins to the newest release; the incarnation counts up for a name used before. */
  create(
    input: EnvironmentRef & { readonly type: string; readonly labels?: Readonly<Record<string, string>> },
    actor: Actor,
  ): Promise<Outcome<EnvironmentRecord>>;
  list(project: string): Promise<Outcome<readonly EnvironmentRecord[]>>;
  find(ref: EnvironmentRef): Promise<Outcome<EnvironmentRecord>>;
  loadState(ref: EnvironmentRef): Promise<Outcome<EnvironmentState>>;
  values(ref: EnvironmentRef): Promise<Outcome<readonly EnvironmentValue[]>>;
  setValues(
    ref: EnvironmentRef,
    change: { readonly set: Readonly<Record<string, string>>; readonly unset: readonly string[] },
    actor: Actor,
  ): Promise<Outcome<readonly EnvironmentValue[]>>;
  /** Keeps what other tools knew of resources: adds to what was imported before, and to the seeds those that are new. */
  importState(
    ref: EnvironmentRef,
    imported: {
      readonly resources: Readonly<Record<Uid, ImportedResource>>;
      readonly shared: ValueObject;
      readonly seeds: readonly SeedRecord[];
    },
    actor: Actor,
  ): Promise<Outcome<void>>;
  /** Leaves fields of an object as others have set them, from now on; none: no field of it any more. */
  acceptDrift(
    ref: EnvironmentRef,
    drift: { readonly key: ObjectKey; readonly paths: readonly string[] },
    actor: Actor,
  ): Promise<Outcome<void>>;
  /** Records what somebody did to what runs of it, besides deploying. */
  noteAction(ref: EnvironmentRef, action: { readonly name: string; readonly detail: JsonObject }, actor: Actor): Promise<Outcome<void>>;
  /** Refused while anything of it is deployed or retained; the name's incarnation is kept for ever. */
  delete(ref: EnvironmentRef, actor: Actor): Promise<Outcome<void>>;
}

/** Secret values of an environment: written, listed without values, revealed to targets and drivers only. */
export interface SecretValueStore {
  set(ref: EnvironmentRef, input: { readonly key: string; readonly value: string }, actor: Actor): Promise<Outcome<EnvironmentValue>>;
  unset(ref: EnvironmentRef, key: string, actor: Actor): Promise<Outcome<void>>;
  reveal(ref: EnvironmentRef, secret: { readonly key: string; readonly version: number }): Promise<Outcome<string>>;
  /** Keyed hash under the installation's key: hex. */
  hash(value: string): string;
}

export interface ReleaseRecord {
  readonly number: number;
  readonly digest: string;
  readonly createdAt: string;
  readonly createdBy: string;
}

export interface TextFile {
  readonly file: string;
  readonly text: string;
}

export interface ReleaseStore {
  /** The same files again give the same release: nothing is made. */
  create(input: { readonly files: readonly TextFile[]; readonly digest: string }, actor: Actor): Promise<Outcome<ReleaseRecord>>;
  list(): Promise<readonly ReleaseRecord[]>;
  /** Without a number: the newest. */
  find(number?: number): Promise<Outcome<ReleaseRecord>>;
  files(number: number): Promise<Outcome<readonly TextFile[]>>;
}

/** What a deployment shall change; kept with plans and deployments, resolved as far as digests. */
export interface DeploymentRequest {
  readonly kind: 'deploy' | 'rollback' | 'rollout' | 'destroy' | 'promote';
  /** Workloads that are set, with the text they came from. */
  readonly workloads: readonly { readonly declared: DeclaredWorkload; readonly text?: string }[];
  readonly remove: readonly string[];
  /** The given workloads become the whole. */
  readonly isWhole: boolean;
  /** For a rollback: the deployment that is gone back to; for a rollout: the release. */
  readonly toDeployment?: number;
  readonly toRelease?: number;
  /** Values as they are meant: for a rollback those of the earlier deployment. Absent: the current ones. */
  readonly values?: readonly EnvironmentValue[];
  /** Retained resources that may be deleted, by name. */
  readonly deleteResources: readonly Uid[];
  /** Ids of resources that may be bound anew. */
  readonly rebind: readonly Uid[];
  /** Objects that are there and that nobody of tutti made are taken over. */
  readonly adopts?: boolean;
  /** Of a rollback: what ran since then and cannot be undone. */
  readonly crosses?: readonly string[];
  /** Of a destroyed environment: what holds data goes, too. */
  readonly deletesData?: boolean;
  readonly reason: string;
}

export interface PlanRecord extends EnvironmentRef {
  readonly id: string;
  readonly plan: Plan;
  readonly request: DeploymentRequest;
  readonly requester: string;
  readonly createdAt: string;
}

export interface PlanStore {
  save(input: EnvironmentRef & { readonly plan: Plan; readonly request: DeploymentRequest }, actor: Actor): Promise<Outcome<PlanRecord>>;
  find(id: string): Promise<Outcome<PlanRecord>>;
}

export type DeploymentStatus =
  | 'queued'
  | 'planning'
  | 'awaiting-approval'
  | 'provisioning'
  | 'applying'
  | 'verifying'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

export interface DeploymentRecord extends EnvironmentRef {
  readonly id: string;
  /** Counts up per environment, from 1. */
  readonly number: number;
  readonly status: DeploymentStatus;
  readonly kind: DeploymentRequest['kind'];
  readonly requester: string;
  readonly reason: string;
  readonly release: number;
  readonly plan?: Plan;
  /** Where the result lies, as the target said. */
  readonly location?: string;
  readonly nextCommand?: string;
  readonly revision?: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Hooks that it began and that cannot be undone. */
  readonly irreversible: readonly string[];
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** Another process carries it out, or one that died did: `tutti resume` goes on. */
  readonly isInterrupted: boolean;
}

/** What was deployed, for diff and rollback: immutable. */
export interface DeploymentSnapshot {
  readonly release: number;
  readonly values: readonly EnvironmentValue[];
  readonly workloads: readonly { readonly declared: DeclaredWorkload; readonly text?: string }[];
  readonly resources: readonly { readonly uid: Uid; readonly definition: string; readonly digest: string }[];
  readonly objects: readonly { readonly key: ObjectKey; readonly hash: string; readonly body: Json }[];
}

/** The right to carry one deployment out. Every write names the fence; a higher one, taken later, shuts it out. */
export interface Lease {
  readonly deployment: string;
  readonly fence: number;
  /** From 1; counts how often the deployment was begun, or gone on with. */
  readonly attempt: number;
}

/** A step's outcome, stored with the state it leads to in one transaction. */
export interface StepResult {
  readonly subject: Subject;
  readonly status: 'running' | 'done' | 'failed' | 'skipped';
  readonly detail?: string;
  readonly diagnostics?: readonly Diagnostic[];
  /** Partial new state; `null` removes. */
  readonly resources?: Readonly<Record<Uid, ResourceState | null>>;
  readonly workloads?: Readonly<Record<string, WorkloadState | null>>;
  readonly objects?: Readonly<Record<ObjectKey, ObjectState | null>>;
  /** The whole of it. */
  readonly shared?: ValueObject;
}

export interface DeploymentStep {
  readonly subject: Subject;
  readonly status: StepResult['status'];
  readonly detail?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly changedAt: string;
}

/** What is accepted. */
export interface NewDeployment extends EnvironmentRef {
  readonly request: DeploymentRequest;
  readonly planId?: string;
  readonly approvedDigest?: string;
  /** The digest that a person confirmed. */
  readonly confirm?: string;
  /** Whoever takes it from the queue carries it out, instead of the process that accepted it. */
  readonly isQueued?: boolean;
}

export interface SlotClaim {
  readonly holder: string;
  /** Waits also where the process that carries out the deployment before this one is gone: another one will go on with that. */
  readonly isPatient?: boolean;
}

export interface DeploymentStore {
  create(input: NewDeployment, actor: Actor): Promise<Outcome<DeploymentRecord>>;
  find(ref: EnvironmentRef, number: number): Promise<Outcome<DeploymentRecord>>;
  /** Newest first. */
  list(ref: EnvironmentRef, page: { readonly limit: number; readonly before?: number }): Promise<Outcome<readonly DeploymentRecord[]>>;
  request(id: string): Promise<Outcome<Pick<NewDeployment, 'request' | 'approvedDigest' | 'planId' | 'confirm'>>>;
  steps(id: string): Promise<readonly DeploymentStep[]>;
  snapshot(ref: EnvironmentRef, number: number): Promise<Outcome<DeploymentSnapshot>>;
  /** Takes the environment's slot when the deployment is next in order and no live holder has it. Absent value with no error: wait. */
  acquire(id: string, claim: SlotClaim): Promise<Outcome<Lease | undefined>>;
  /** Gives the slot back with the deployment as it stands; whoever takes it next goes on. */
  release(lease: Lease): Promise<Outcome<void>>;
  /**
   * The deployments that come next in their environment and that nobody carries out, or is known to: whose process is gone, or that were put into
   * the queue a while ago. Says of all that are in the queue that somebody is there to take them.
   */
  listWaiting(): Promise<readonly DeploymentWork[]>;
  /** Ends a deployment that never got the slot. */
  withdraw(id: string, end: Pick<DeploymentEnd, 'status' | 'diagnostics'>): Promise<Outcome<DeploymentRecord>>;
  /** Keeps the lease alive; an error when it was lost. Says who has asked for the deployment to be ended. */
  heartbeat(lease: Lease): Promise<Outcome<{ readonly cancelledBy?: string }>>;
  /** Asks for a deployment to be ended; one that nobody has begun ends at once. */
  cancel(ref: EnvironmentRef, number: number, actor: Actor): Promise<Outcome<DeploymentRecord>>;
  setStatus(lease: Lease, status: DeploymentStatus): Promise<Outcome<void>>;
  savePlan(lease: Lease, plan: Plan): Promise<Outcome<void>>;
  /** Keeps that something begins that cannot be undone. */
  noteIrreversible(lease: Lease, name: string): Promise<Outcome<void>>;
  /** All in one transaction. */
  recordSteps(lease: Lease, steps: readonly StepResult[]): Promise<Outcome<void>>;
  /** Ends it: status, binding, snapshot, revision + 1 and the pin, in one transaction; frees the slot. */
  finish(lease: Lease, end: DeploymentEnd): Promise<Outcome<DeploymentRecord>>;
}

export interface DeploymentEnd {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly diagnostics: readonly Diagnostic[];
  readonly target?: TargetBinding;
  /** The pin afterwards; only a succeeded rollout or rollback moves it. */
  readonly release?: number;
  readonly snapshot?: DeploymentSnapshot;
  readonly location?: string;
  readonly nextCommand?: string;
  readonly revision?: string;
}

/** A seed, kept per generated value together with what it is a seed for. */
export interface SeedRecord {
  readonly uid: Uid;
  readonly name: string;
  /** Hex, 32 bytes. */
  readonly seed: string;
  readonly specification: JsonObject;
  readonly algorithm: number;
}

export interface SeedStore {
  load(ref: EnvironmentRef): Promise<Outcome<readonly SeedRecord[]>>;
  /** Keeps those that are new; for one that exists the kept one stands, and is returned. */
  reserve(ref: EnvironmentRef, seeds: readonly SeedRecord[]): Promise<Outcome<readonly SeedRecord[]>>;
}

export interface EventRecord {
  readonly sequence: number;
  readonly at: string;
  readonly type: string;
  readonly project?: string;
  readonly environment?: string;
  readonly deployment?: string;
  readonly data: JsonObject;
}

export interface EventStore {
  /** Oldest first, after the given sequence number. */
  list(
    filter: { readonly after: number; readonly limit: number; readonly deployment?: string } & Partial<EnvironmentRef>,
  ): Promise<readonly EventRecord[]>;
  /** Calls back when there may be new ones. Returns how to stop. */
  watch(listener: () => void): Promise<() => Promise<void>>;
}

export interface TokenStore {
  /** Finds the actor of a token by its hash, in constant time per row. */
  verify(token: string): Promise<Outcome<Actor>>;
  create(input: { readonly name: string }, actor: Actor): Promise<{ readonly token: string }>;
}
