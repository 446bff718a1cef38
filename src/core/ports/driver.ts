import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { DeploymentContext } from '../model/context.ts';
import type { ResourceResult } from '../model/rendering.ts';
import type { Uid } from '../model/uid.ts';
import type { JsonObject, ValueObject } from '../model/value.ts';

/** Carries a resource definition out. One is chosen by `ResourceDefinition.driver`. */
export interface Driver {
  readonly name: string;
  /** A pure driver's preview is its full result, so nothing it gives is ever unknown. */
  readonly isPure: boolean;
  /** JSON Schema of the inputs that it reads besides `generate` and `locals`; checked when a platform is loaded. */
  readonly inputsSchema: JsonObject;
  /** Says what `provision` would give, and changes nothing. */
  preview(request: DriverRequest): Promise<Outcome<ResourceResult>> | Outcome<ResourceResult>;
  /** Makes the resource so, and may be called again with the same request: it then changes nothing. */
  provision(request: DriverRequest): Promise<Outcome<ResourceResult>> | Outcome<ResourceResult>;
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
  readonly signal: AbortSignal;
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
