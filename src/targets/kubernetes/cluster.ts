import type { JsonObject } from '../../core/index.ts';
import type { ClusterChanges } from './changes.ts';
import type { ClusterStreams } from './streams.ts';

/** Where an object is found. */
export interface Address {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Why the API server did not do what was asked; its message is cut before it could show a secret. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly RefusalCause[];
}

export interface RefusalCause {
  readonly reason: string;
  readonly field: string;
  readonly message: string;
}

export type Answer =
  | { readonly kind: 'ok'; readonly live: JsonObject }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What the target needs of a cluster. */
export interface Cluster extends ClusterStreams, ClusterChanges {
  /** For people: the address of the API server. */
  readonly location: string;
  get(address: Address, signal: AbortSignal): Promise<Answer>;
  /** Server-side apply with the one field manager; `isDry`: nothing is written. */
  apply(body: JsonObject, options: ApplyOptions, signal: AbortSignal): Promise<Answer>;
  /** Only the object with this uid. `absent` where there is none, or another. */
  remove(address: Address, uid: string, signal: AbortSignal): Promise<Answer>;
  /** As `remove`, and what it owns stays. */
  removeAlone(address: Address, uid: string, signal: AbortSignal): Promise<Answer>;
  /** Objects of a kind, as many as the selector holds for. */
  list(of: Omit<Address, 'name'>, labelSelector: string, signal: AbortSignal): Promise<readonly JsonObject[]>;
  /** What was said of an object, oldest first. */
  events(address: Address, uid: string, signal: AbortSignal): Promise<readonly JsonObject[]>;
  /** The last lines of a container; of its last run but one where it has restarted. */
  lastLines(pod: Address, container: string, signal: AbortSignal): Promise<readonly string[]>;
}

export interface ApplyOptions {
  readonly isDry: boolean;
  /** Takes fields over that somebody else manages. */
  readonly isForced: boolean;
  /** Who the fields shall belong to, where it is not who deploys. */
  readonly manager?: string;
}
