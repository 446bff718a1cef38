import { compareText } from '../model/compare.ts';
import type { Uid } from '../model/uid.ts';

export type Ordered = { readonly order: readonly Uid[] } | { readonly cycle: readonly Uid[] };

export type Edges = ReadonlyMap<Uid, readonly Uid[]>;

/**
 * Orders nodes so that each comes after all that it depends on; ties by uid.
 * Shape: nodes and edges, O((n + e) log n).
 */
export function orderNodes(edges: Edges): Ordered {
  const waitingFor = new Map<Uid, number>();
  const dependents = new Map<Uid, Uid[]>();
  for (const [uid, dependencies] of edges) {
    waitingFor.set(uid, dependencies.length);
    for (const dependency of dependencies) {
      const list = dependents.get(dependency);
      if (list) list.push(uid);
      else dependents.set(dependency, [uid]);
    }
  }
  const order: Uid[] = [];
  let wave = [...waitingFor].filter(([, count]) => count === 0).map(([uid]) => uid);
  while (wave.length > 0) {
    wave.sort(compareText);
    order.push(...wave);
    wave = releaseNext(wave, dependents, waitingFor);
  }
  return order.length === edges.size ? { order } : { cycle: findCycle(edges, new Set(order)) };
}

function releaseNext(wave: readonly Uid[], dependents: ReadonlyMap<Uid, readonly Uid[]>, waitingFor: Map<Uid, number>): Uid[] {
  const next: Uid[] = [];
  for (const uid of wave) {
    for (const dependent of dependents.get(uid) ?? []) {
      const left = (waitingFor.get(dependent) ?? 0) - 1;
      waitingFor.set(dependent, left);
      if (left === 0) next.push(dependent);
    }
  }
  return next;
}

/** Members of one cycle, each depending on the next; begins with the smallest uid, so that it is always the same. */
function findCycle(edges: Edges, ordered: ReadonlySet<Uid>): readonly Uid[] {
  const starts = [...edges.keys()].filter((uid) => !ordered.has(uid)).toSorted(compareText);
  const [start] = starts;
  const path: Uid[] = [];
  let at = start;
  while (at !== undefined && !path.includes(at)) {
    path.push(at);
    at = [...(edges.get(at) ?? [])].toSorted(compareText).find((uid) => !ordered.has(uid));
  }
  const cycle = at === undefined ? path : path.slice(path.indexOf(at));
  const [smallest] = cycle.toSorted(compareText);
  const first = smallest === undefined ? 0 : cycle.indexOf(smallest);
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
