import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { DeploymentContext } from '../model/context.ts';
import type { ResourceResult } from '../model/rendering.ts';
import type { Uid } from '../model/uid.ts';
import type { JsonObject, Secret, ValueObject } from '../model/value.ts';
import type { ServicePort } from '../model/workload.ts';
import type { LiveObjects } from './live.ts';
import type { RevealSecret } from './target.ts';

/** Carries a resource definition out. One is chosen by `ResourceDefinition.driver`. */
export interface Driver {
  readonly name: string;
  /** A pure driver's preview is its full result, so nothing it gives is ever unknown. */
  readonly isPure: boolean;
  /** Whether it looks at `surroundings` and `shared`. Then it is asked anew at every planning; others are told nothing of them. */
  readonly readsSurroundings: boolean;
  /** JSON Schema of the inputs that it reads besides `generate` and `locals`; checked when a platform is loaded. */
  readonly inputsSchema: JsonObject;
  /** Says what is wrong with inputs that can be told without a resource; their shape has been checked. Places are relative to the inputs. */
  check?(inputs: JsonObject): readonly Diagnostic[];
  /** Says what `provision` would give, and changes nothing. */
  preview(request: DriverRequest): Promise<Outcome<ResourceResult>> | Outcome<ResourceResult>;
  /** Makes the resource so, and may be called again with the same request: it then changes nothing. */
  provision(request: DriverRequest): Promise<Outcome<ResourceResult>> | Outcome<ResourceResult>;
  /**
   * Reads the outputs, once the objects of the resource are ready. Of a driver whose outputs only the target knows: `preview` and `provision` give
   * them as pending, or as it remembers them. Called after `provision` with the same request; it waits itself for what comes a moment later.
   */
  complete?(request: DriverRequest): Promise<Outcome<ResourceResult>>;
  /** Removes what `provision` made outside the target's objects. What is gone already is no error. */
  deprovision(request: DriverRequest): Promise<Outcome<void>> | Outcome<void>;
}

export interface DriverRequest {
  readonly context: DeploymentContext;
  readonly resource: ResourceIdentity;
  /** Resolved. */
  readonly params: ValueObject;
  /** Evaluated by the core, without `generate` and `locals`. */
  readonly inputs: ValueObject;
  /** What the driver returned last; empty at first. */
  readonly state: ValueObject;
  /** What drivers of the environment's resources tell each other, as the one before left it. */
  readonly shared: ValueObject;
  readonly surroundings: DriverSurroundings;
  readonly secrets: DriverSecrets;
  /** What is on the target now; absent where that cannot be read. */
  readonly live?: LiveObjects;
  readonly signal: AbortSignal;
}

/** What a resource may know of the environment around it. */
export interface DriverSurroundings {
  readonly namespace: string;
  /** The workload that asks for the resource, with its metadata; the first of them where several do. */
  readonly source?: { readonly workload: string; readonly metadata: JsonObject };
  /** Every workload of the environment, by name. */
  readonly workloads: Readonly<Record<string, Readonly<Record<string, ServicePort>>>>;
  /** The environment's values. */
  readonly values: ValueObject;
  /** Outputs that are secret by contract. */
  readonly secretOutputs: readonly string[];
}

/** What a driver needs to keep secrets, and to make what is random the same each time. */
export interface DriverSecrets {
  /** Takes a text into keeping: encrypted, together with the environment. The same text gives the same reference. */
  seal(text: string): Secret;
  reveal: RevealSecret;
  /** The resource's own seed for a name: hex, 32 bytes; the same for as long as the resource lives. */
  seed(name: string): string;
  /** When the resource was planned first, ISO 8601. */
  firstPlanned(): string;
}

/** What expressions see as `resource`. */
export interface ResourceIdentity {
  readonly uid: Uid;
  readonly type: string;
  readonly class: string;
  readonly id: string;
  /** A UUID derived from the environment's and the resource's identity. */
  readonly guid: string;
  /** The need's name, or the last segment of the id. */
  readonly name: string;
  readonly slug: string;
  readonly metadata: JsonObject;
}
