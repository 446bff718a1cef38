import type { Place } from '../diagnostics/diagnostic.ts';
import type { Format } from './context.ts';
import type { JsonObject } from './value.ts';
import type { Need } from './workload.ts';

/** All platform configuration of one release, read and checked. Lists are sorted by name. */
export interface Platform {
  readonly resourceTypes: readonly ResourceType[];
  readonly definitions: readonly ResourceDefinition[];
  readonly profiles: readonly WorkloadProfile[];
  readonly environmentTypes: readonly EnvironmentType[];
  readonly projects: readonly ProjectDocument[];
  readonly targets: readonly TargetDocument[];
  readonly secretStores: readonly SecretStoreDocument[];
  /** By the names of their files; they apply in this order. */
  readonly patchTemplates: readonly PatchTemplate[];
  /** SHA-256 over the canonical form, hex, without places. */
  readonly digest: string;
}

/** One set of conditions; an absent key matches all, but `class`, which is compared always. */
export interface Criterion {
  readonly resource?: string;
  readonly environment?: string;
  readonly project?: string;
  readonly environmentType?: string;
  readonly target?: string;
  readonly format?: Format;
  /** `default` where the document says nothing, `anyClass` where a provisioner file does; meaningless on targets and where `isFinal`. */
  readonly class: string;
  readonly isFinal: boolean;
  readonly place: Place;
}

/** The class of a criterion that holds for every class: only provisioner files have such. */
export const anyClass = '*';

/** Which of the four tiers a definition belongs to; the first that answers wins. */
export type Tier = 'configured' | 'provisioner' | 'builtin';

interface Document {
  readonly name: string;
  readonly place: Place;
  /** SHA-256 over the document's canonical form, hex, without places. */
  readonly digest: string;
}

export interface ResourceType extends Document {
  readonly version?: string;
  readonly owner?: string;
  readonly description?: string;
  readonly isStateful: boolean;
  /** Comes with tutti: says nothing about what provisioner files give. */
  readonly isBuiltin?: true;
  /** JSON Schemas; absent: anything goes. */
  readonly params?: JsonObject;
  readonly outputs?: JsonObject;
}

export interface ResourceDefinition extends Document {
  readonly type: string;
  readonly tier: Tier;
  /** Of a provisioner file: how many entries stand before it, over all files; the first that holds wins. */
  readonly order?: number;
  readonly match: readonly Criterion[];
  readonly driver: string;
  /** Expressions still in place; `generate` and `locals` mean the same for every driver. A provisioner file has no expressions. */
  readonly inputs: JsonObject;
  readonly coProvision: readonly CoProvision[];
  readonly onRemove?: 'delete' | 'retain';
  /** Objects outside the environment's namespace that this definition may render. */
  readonly allowScope: { readonly isCluster: boolean; readonly namespaces: readonly string[] | 'all' };
}

export interface CoProvision {
  readonly type: string;
  /** Absent: inherited from the resource. */
  readonly class?: string;
  readonly id?: string;
  readonly params?: JsonObject;
  readonly dependsOnThis: boolean;
  readonly dependentsWait: boolean;
  readonly place: Place;
}

/** How workloads of a sort are rendered. Matched like a resource of type `workload`. */
export interface WorkloadProfile extends Document {
  readonly tier: Tier;
  readonly match: readonly Criterion[];
  readonly formats: Readonly<Partial<Record<Format, ProfileFormat>>>;
}

export interface ProfileFormat {
  /** The workload object that Score fields are written into; may hold expressions (also `workload.name`). */
  readonly base: JsonObject;
  /** JSON pointers into `base`: writing into fixed is an error, over default is allowed; open is free. */
  readonly fixed: readonly string[];
  readonly default: readonly string[];
  readonly open: readonly string[];
}

export interface EnvironmentType extends Document {
  readonly isProtected: boolean;
  readonly requiredApprovals: number;
  readonly onDestroy: 'retain' | 'delete';
  readonly needs: Readonly<Record<string, Need>>;
}

export interface ProjectDocument extends Document {
  readonly displayName?: string;
  readonly needs: Readonly<Record<string, Need>>;
}

export type TargetType = 'kubernetes' | 'compose' | 'git' | 'directory';

export interface TargetDocument extends Document {
  readonly type: TargetType;
  readonly match: readonly Criterion[];
  /** Expressions still in place. */
  readonly inputs: JsonObject;
}

/** A patch template of score-k8s or score-compose: a Go template that changes what was rendered. */
export interface PatchTemplate {
  /** Its file, which is its name too. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** The one that it looks at; absent: both. */
  readonly format?: Format;
  readonly digest: string;
  readonly place: Place;
}

export interface SecretStoreDocument extends Document {
  readonly type: string;
  readonly match: readonly Criterion[];
  readonly inputs: JsonObject;
}
