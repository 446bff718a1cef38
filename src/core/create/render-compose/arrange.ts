import { compareText } from '../../model/compare.ts';
import type { Container } from '../../model/workload.ts';
import type { StartOrder } from '../render/start-order.ts';

type Containers = Readonly<Record<string, Container>>;

/** Who shares whose network. */
export interface Arrangement {
  /** Sorted. */
  readonly names: readonly string[];
  /** The container that has the address of the workload; the others that run beside it share its network. */
  readonly primary: string;
}

/**
 * Chooses the container that has the address of a workload.
 * Rule: the first by name of those that run and wait for no other that runs: who shares its network can only start after it. One that nobody waits
 * for comes before one that has `before`.
 */
export function arrangeContainers(containers: Containers, { roles }: StartOrder): Arrangement {
  const names = Object.keys(containers).toSorted(compareText);
  const running = names.filter((name) => roles[name] !== 'init');
  const free = running.filter((name) => !listEarlier(name, containers).some((each) => roles[each] !== 'init'));
  const primary = free.find((name) => roles[name] === 'main') ?? free[0] ?? names[0] ?? '';
  return { names, primary };
}

/** All that start before a container, directly or by way of others. */
function listEarlier(name: string, containers: Containers): readonly string[] {
  const found = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const each of listWaitedFor(next, containers)) {
      if (found.has(each)) continue;
      found.add(each);
      waiting.push(each);
    }
  }
  return [...found];
}

/** The containers that name this one in their `before`; sorted. */
export function listWaitedFor(name: string, containers: Containers): readonly string[] {
  return Object.keys(containers)
    .filter((each) => Object.hasOwn(containers[each]?.before ?? {}, name))
    .toSorted(compareText);
}
