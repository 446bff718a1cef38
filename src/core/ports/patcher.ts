import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { DeploymentContext } from '../model/context.ts';
import type { PatchTemplate } from '../model/platform.ts';
import type { JsonObject, Value } from '../model/value.ts';
import type { DriverSecrets } from './driver.ts';

/** Changes everything that was rendered, as the patch templates of a platform say. */
export interface Patcher {
  /** Pure: the same request gives the same, and nothing is written. */
  patch(request: PatchRequest): Promise<Outcome<PatchResult>>;
  /** Says what is wrong with a template by itself. */
  check(template: PatchTemplate): readonly Diagnostic[];
}

export interface PatchRequest {
  readonly context: DeploymentContext;
  readonly namespace: string;
  /** In the order in which they apply; those of another format are left out. */
  readonly templates: readonly PatchTemplate[];
  /** What `.Manifests` or `.Compose` is: a list of objects, or one Compose project. */
  readonly document: Value;
  /** Every workload as its Score file says it, by name. */
  readonly workloads: Readonly<Record<string, JsonObject>>;
  /** Resolves placeholders as in a variable of a workload. */
  readonly substitute: (workload: string, text: string) => Outcome<Value>;
  readonly secrets: Pick<DriverSecrets, 'seed' | 'firstPlanned'>;
}

export interface PatchResult {
  readonly document: Value;
  /** Whether anything has changed. */
  readonly isChanged: boolean;
}
