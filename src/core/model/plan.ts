import type { ObjectKey } from './rendering.ts';
import type { Uid } from './uid.ts';
import type { Json } from './value.ts';

export type Action = 'create' | 'update' | 'replace' | 'delete' | 'retain' | 'rebind' | 'unchanged' | 'unknown';

export type Cause = 'spec' | 'image' | 'values' | 'platform' | 'drift' | 'request';

export type Subject =
  | { readonly kind: 'resource'; readonly uid: Uid }
  | { readonly kind: 'workload'; readonly name: string }
  | { readonly kind: 'object'; readonly key: ObjectKey; readonly node: Uid };

/** One line of a plan. Values are shown values: a secret is `‹secret›`, an unknown `known after provisioning`. */
export interface Change {
  readonly subject: Subject;
  readonly action: Action;
  readonly cause: Cause;
  /** A sentence. */
  readonly reason: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Differences leaf by leaf, sorted by path. */
  readonly fields: readonly FieldChange[];
  /** JSON pointers into `after`. */
  readonly unknown: readonly string[];
  readonly sensitive: readonly string[];
  /** Of all that it shall be, secrets by keyed hash, hex; absent where nothing is left of it. */
  readonly hash?: string;
  /** For each sensitive pointer a hash of the secret that tells two plans apart, and no two subjects alike. */
  readonly fingerprints?: Readonly<Record<string, string>>;
}

export interface FieldChange {
  /** JSON pointer. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** The ordered changes that a deployment would make. */
export interface Plan {
  readonly changes: readonly Change[];
  /** SHA-256 over subjects, actions, fields and values; secrets by keyed hash, unknowns as tokens. Hex. */
  readonly digest: string;
  readonly basis: PlanBasis;
  /** What the plan asks to be confirmed before it may be carried out. */
  readonly brakes: readonly Brake[];
}

export interface PlanBasis {
  readonly revision: number;
  readonly release: number;
  /** SHA-256 over keys and hashes of the inventory, hex. */
  readonly inventory: string;
}

/** Carried out only with a confirmation that names the plan's digest. */
export interface Brake {
  readonly kind: 'deletions' | 'stateful' | 'irreversible';
  readonly subjects: readonly Subject[];
  readonly reason: string;
}
