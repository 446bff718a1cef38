import type { JsonObject } from '../../core/index.ts';
import type { Address, Refusal } from './cluster.ts';
import type { Streamed } from './streams.ts';

/** Objects of a kind within one namespace, or of the whole cluster. */
export type Kind = Omit<Address, 'name'>;

/** How a kind is followed: its objects at one moment, and all that becomes of them from then on. */
export interface ClusterChanges {
  /** As many as the selector holds for. */
  listAt(kind: Kind, labelSelector: string, signal: AbortSignal): Promise<ListedAt>;
  /** The same, of each only what it is and its metadata. */
  listBriefly(kind: Kind, labelSelector: string, signal: AbortSignal): Promise<ListedAt>;
  /** Ends after less than a minute, whether or not the server has said anything: a connection that is lost without a sign is noticed by then. */
  follow(kind: Kind, from: FollowFrom, signal: AbortSignal): Promise<Streamed<Change>>;
}

export type ListedAt =
  | { readonly kind: 'ok'; readonly items: readonly JsonObject[]; readonly version: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface FollowFrom {
  readonly labelSelector: string;
  /** Of a list, a change or a mark. */
  readonly version: string;
}

export type Change =
  | { readonly kind: 'changed' | 'removed'; readonly object: JsonObject; readonly version: string }
  /** Nothing has changed up to here. */
  | { readonly kind: 'mark'; readonly version: string }
  /** The server has forgotten what was since then: it has to be listed anew. */
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'broken' };
