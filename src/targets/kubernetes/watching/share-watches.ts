import type { JsonObject } from '../../../core/index.ts';
import type { Waiting } from '../await-ready.ts';
import type { Kind } from '../changes.ts';
import type { Cluster } from '../cluster.ts';
import { followKind, type Followed } from './follow-kind.ts';

/** A kind that is followed for as long as anybody wants to know of it. */
export interface Watch {
  /** What is known of an object: `unknown` before there is a list. */
  read(name: string): JsonObject | 'absent' | 'unknown';
  /** The account may not list or watch the kind. */
  isRefused(): boolean;
  /** Called at each change. */
  readonly listeners: Set<() => void>;
  leave(): void;
}

interface Shared {
  readonly followed: Followed;
  readonly listeners: Set<() => void>;
  readonly over: AbortController;
  users: number;
}

/** Nodes that are carried out at once wait for the same kinds: they share one watch. */
const shared = new WeakMap<Cluster, Map<string, Shared>>();

/** Joins the watch of a kind within a set, and begins it where there is none. */
export function joinWatch(cluster: Cluster, kind: Kind, labelSelector: string, waiting: Pick<Waiting, 'sleep'>): Watch {
  const watches = shared.get(cluster) ?? new Map<string, Shared>();
  shared.set(cluster, watches);
  const key = JSON.stringify([kind.apiVersion, kind.kind, kind.namespace ?? '', labelSelector]);
  const watch = watches.get(key) ?? begin();
  watches.set(key, watch);
  watch.users++;
  if (watch.users === 1) {
    const onChange = (): void => {
      for (const listener of watch.listeners) listener();
    };
    void followKind(cluster, { kind, labelSelector, followed: watch.followed, onChange }, waiting, watch.over.signal);
  }
  return {
    read: (name) => watch.followed.live.get(name) ?? (watch.followed.isListed ? 'absent' : 'unknown'),
    isRefused: () => watch.followed.isRefused,
    listeners: watch.listeners,
    leave: () => {
      watch.users--;
      if (watch.users > 0) return;
      watches.delete(key);
      watch.over.abort();
    },
  };
}

function begin(): Shared {
  return { followed: { live: new Map(), isListed: false, isRefused: false }, listeners: new Set(), over: new AbortController(), users: 0 };
}
