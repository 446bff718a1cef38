import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { DeploymentContext, Format } from '../model/context.ts';
import type { TargetType } from '../model/platform.ts';
import type { ObjectKey, RenderedObject } from '../model/rendering.ts';
import type { ObjectState } from '../model/state.ts';
import type { Uid } from '../model/uid.ts';
import type { Json, JsonObject, Secret, SecretText } from '../model/value.ts';
import type { LiveAddress } from './live.ts';
import type { TargetRuntime } from './runtime.ts';

/** Where an environment is deployed. One is chosen by `TargetDocument.type`. */
export interface Target {
  readonly type: TargetType;
  /** Formats that it can take; the first is the default. */
  readonly formats: readonly Format[];
  /** Takes the objects of all nodes in one write at the end, instead of node by node. */
  readonly isGathering: boolean;
  /** Whether it can say that something runs. Where not, health is shown as not observed. */
  readonly observesHealth: boolean;
  /** JSON Schema of its inputs. */
  readonly inputsSchema: JsonObject;
  /** What is wrong with inputs besides their shape, each at its path below them; expressions may still be in place. */
  check?(inputs: JsonObject): readonly Diagnostic[];
  /** Says what is wrong with the objects for this target (a secret that it must not write, a name that it cannot have); writes nothing. */
  plan(request: TargetRequest, objects: readonly RenderedObject[]): Outcome<void> | Promise<Outcome<void>>;
  /** Reads what is there now of the given inventory; writes nothing. */
  observe(request: TargetRequest): Promise<Outcome<TargetObservation>>;
  /** Writes objects; a gathering target also removes those in `removed`, in the same write. */
  apply(request: TargetRequest, write: TargetWrite): Promise<Outcome<TargetReceipt>>;
  /**
   * Waits until objects that were applied are ready, or until it is certain that they will not be. Only of a target that is written node by node;
   * without it what was applied counts as ready.
   */
  awaitReady?(request: TargetRequest, objects: readonly RenderedObject[]): Promise<Outcome<void>>;
  /** Reads an object as it is now, whoever made it, secrets included; nothing where there is none. Only of a target with objects that live. */
  read?(request: TargetRequest, address: LiveAddress): Promise<Outcome<JsonObject | undefined>>;
  /**
   * Runs a Job to its end, under a name of the deployment's own: called again for the same deployment it waits for the run that has begun.
   * A target without it takes hooks as objects like any other.
   */
  runHook?(request: TargetRequest, hook: RenderedObject): Promise<Outcome<void>>;
  /** Removes objects of the inventory; what is gone already is no error. A gathering target does it in `apply`. */
  prune(request: TargetRequest, keys: readonly ObjectKey[]): Promise<Outcome<TargetReceipt>>;
  /** Of a target that runs things: what they do, and what can be done to them. */
  readonly runtime?: TargetRuntime;
}

export interface TargetRequest {
  readonly context: DeploymentContext;
  /** Evaluated and checked against `inputsSchema`. Relative paths are relative to `baseDir`. */
  readonly inputs: JsonObject;
  readonly baseDir: string;
  readonly inventory: Readonly<Record<ObjectKey, ObjectState>>;
  /** Objects that nobody of tutti made are taken over. */
  readonly adopts?: boolean;
  /** Whose data goes with its objects, because somebody said so: by node; absent: nobody's. */
  readonly deletesData?: 'all' | readonly Uid[];
  readonly deployment: DeploymentFacts;
  readonly reveal: RevealSecret;
  readonly signal: AbortSignal;
}

/** What a target may say about the deployment where it writes (a commit's trailers). */
export interface DeploymentFacts {
  readonly id: string;
  readonly number: number;
  readonly project: string;
  readonly environment: string;
  readonly requester: string;
  readonly reason: string;
  /** Digest of the plan, hex. */
  readonly plan: string;
  readonly release: number;
  readonly workloads: readonly { readonly name: string; readonly digest: string }[];
  /** ISO 8601. */
  readonly startedAt: string;
}

/** Gives the value of a secret; called only where it is written. */
export type RevealSecret = (secret: Secret | SecretText) => Promise<string>;

export interface TargetObservation {
  /** Objects of the inventory that are there, by key; an absent key means absent. */
  readonly objects: Readonly<Record<ObjectKey, ObservedObject>>;
  /** Objects (or files) in the way that are not this environment's. */
  readonly foreign: readonly { readonly key: string; readonly owner?: string }[];
  /** Objects that say of themselves that they are this environment's, and are in no inventory. */
  readonly strays?: readonly string[];
}

export interface ObservedObject {
  readonly key: ObjectKey;
  /** Whether it is still as it was written. */
  readonly isAsDeployed: boolean;
  /** Fields that are not as they were written, and who has set them; secrets hidden. */
  readonly differences?: readonly FieldDrift[];
  /** What stands there now, secrets hidden, where it differs and can be read. */
  readonly live?: JsonObject;
  readonly health: Health;
}

/** A field that somebody has changed since it was written. */
export interface FieldDrift {
  /** JSON pointer. */
  readonly path: string;
  /** What it shall be; absent: it shall not be there. */
  readonly wanted?: Json;
  /** What it is; absent: it is gone. */
  readonly live?: Json;
  /** The manager that has set it, where the target knows. */
  readonly owner?: string;
  /** When that was, ISO 8601. */
  readonly since?: string;
}

export type Health = 'healthy' | 'progressing' | 'degraded' | 'not-observed';

export interface TargetWrite {
  /** The environment's objects as they shall be: all of them for a gathering target, one node's otherwise. */
  readonly desired: readonly RenderedObject[];
  /** Those among `desired` that differ from what is there. */
  readonly changed: readonly ObjectKey[];
  readonly removed: readonly ObjectKey[];
}

export interface TargetReceipt {
  /** Where the result lies, for people: a folder, a commit, a cluster. */
  readonly location: string;
  /** A command that shows or runs it. */
  readonly nextCommand?: string;
  /** A commit's hash, where there is one; absent when nothing had to be written. */
  readonly revision?: string;
  /** What the target wants to know again of the objects that it wrote. */
  readonly memory?: Readonly<Record<ObjectKey, JsonObject>>;
  /** Objects that were to be removed and are there still: they stay in the inventory. */
  readonly survivors?: readonly ObjectKey[];
}
