import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { compareText } from '../../model/compare.ts';
import type { Container } from '../../model/workload.ts';

/** How a container takes part in the start of a pod. */
export type StartRole =
  /** Runs with the others. */
  | 'main'
  /** Runs to its end before others start. */
  | 'init'
  /** Starts before others and keeps running: an init container that is always restarted. */
  | 'sidecar';

export interface StartOrder {
  readonly roles: Readonly<Record<string, StartRole>>;
  /** Those of role `init` and `sidecar`, in the order in which they have to start. */
  readonly before: readonly string[];
  /** Sidecars that others wait for until they are healthy. */
  readonly healthy: ReadonlySet<string>;
}

/**
 * Works out the start order from `before`.
 * Rule: the container that has `before` reaches its state before those that it names start.
 * Reports: T4107.
 */
export function orderStart(containers: Readonly<Record<string, Container>>, place: Place, diagnostics: Diagnostic[]): StartOrder {
  const roles: Record<string, StartRole> = {};
  const healthy = new Set<string>();
  for (const [name, container] of Object.entries(containers)) {
    const states = new Set(Object.values(container.before).map((each) => each.ready));
    roles[name] = roleOf(states);
    if (states.has('healthy')) healthy.add(name);
    const problem = findProblem(container, states);
    if (problem)
      diagnostics.push(diagnose('T4107', { detail: `"${name}" ${problem}`, place: { ...place, path: ['containers', name, 'before'] } }));
  }
  const early = Object.keys(containers).filter((name) => roles[name] !== 'main');
  return { roles, healthy, before: sortByBefore(early, containers) };
}

function roleOf(states: ReadonlySet<string>): StartRole {
  if (states.size === 0) return 'main';
  return states.has('complete') ? 'init' : 'sidecar';
}

function findProblem(container: Container, states: ReadonlySet<string>): string | undefined {
  if (states.has('complete') && states.size > 1) {
    return 'shall complete before one container and be running before another: it cannot do both.';
  }
  if (states.has('healthy') && !container.readinessProbe) {
    return 'shall be healthy before another starts, but has no readinessProbe that could tell.';
  }
  return undefined;
}

/** Each after all that name it in their `before`; ties by name. Circles were refused when the file was read. */
function sortByBefore(names: readonly string[], containers: Readonly<Record<string, Container>>): readonly string[] {
  const waiting = new Map(names.map((name) => [name, 0]));
  const namedBy = (name: string): readonly string[] => Object.keys(containers[name]?.before ?? {}).filter((each) => waiting.has(each));
  const change = (name: string, by: number): number => {
    const count = (waiting.get(name) ?? 0) + by;
    waiting.set(name, count);
    return count;
  };
  for (const name of names.flatMap(namedBy)) change(name, 1);
  const order: string[] = [];
  let ready = names.filter((name) => waiting.get(name) === 0);
  while (ready.length > 0) {
    const sorted = ready.toSorted(compareText);
    order.push(...sorted);
    ready = sorted.flatMap(namedBy).filter((name) => change(name, -1) === 0);
  }
  return order;
}
