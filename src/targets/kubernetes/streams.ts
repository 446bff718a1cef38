import type { JsonObject } from '../../core/index.ts';
import type { Address, Refusal } from './cluster.ts';

/** What a cluster tells for as long as somebody listens. */
export interface ClusterStreams {
  /** Objects of a kind, as many as the selector holds for, or why they cannot be listed. */
  search(of: Omit<Address, 'name'>, labelSelector: string, signal: AbortSignal): Promise<Found>;
  /** What a container writes. */
  logs(pod: Address, query: LogRequest, signal: AbortSignal): Promise<Streamed<string>>;
  /** Changes of objects of a kind as they happen; at first all that are there. Ends when the server ends it, as it does every few minutes. */
  watch(of: Omit<Address, 'name'>, labelSelector: string, signal: AbortSignal): Promise<Streamed<WatchEvent>>;
}

export type Found =
  | { readonly kind: 'ok'; readonly items: readonly JsonObject[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type Streamed<T> =
  | { readonly kind: 'items'; readonly items: AsyncIterable<T> }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface LogRequest {
  readonly container: string;
  readonly isPrevious: boolean;
  readonly isFollowed: boolean;
  readonly lines?: number;
  readonly sinceSeconds?: number;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: JsonObject;
}
