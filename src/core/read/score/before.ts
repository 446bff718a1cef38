import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { Json } from '../../model/value.ts';
import { listKeys, readKey } from './raw.ts';

/**
 * Checks the order that `before` asks for among the containers of a workload.
 * Rule: each names another container of the workload, and there is no cycle; each cycle is reported once, with its members in order.
 * Shape: the containers as they were written, so that other mistakes do not hide these.
 * Reports: T1211, T1212.
 */
export function checkBefore(containers: Json | undefined, place: Place): readonly Diagnostic[] {
  const names = listKeys(containers);
  const isName = new Set(names);
  const diagnostics: Diagnostic[] = [];
  const later = new Map<string, readonly string[]>();
  for (const name of names) {
    const targets = listKeys(readKey(readKey(containers, name), 'before'));
    const known = targets.filter((target) => isName.has(target));
    const unknown = targets.filter((target) => !isName.has(target));
    diagnostics.push(...unknown.map((target) => describeUnknown({ name, target, names }, place)));
    later.set(name, known);
  }
  return [...diagnostics, ...findCycles(later).map((cycle) => describeCycle(cycle, place))];
}

function describeUnknown({ name, target, names }: { name: string; target: string; names: readonly string[] }, place: Place): Diagnostic {
  const others = names.filter((each) => each !== name);
  const meant = didYouMean(target, others);
  const known = others.length === 0 ? 'It has no other containers.' : `The others are ${others.map(quote).join(', ')}.`;
  const detail = `The workload has no container ${quote(target)}.${meant} ${known}`;
  return diagnose('T1211', { place: placeEdge(place, name, target), detail });
}

const cyclesMax = 20;

type Edges = ReadonlyMap<string, readonly string[]>;

/** Takes away what leads nowhere, again and again, then walks what remains: it can only lead into a cycle. */
function findCycles(later: Edges): readonly (readonly string[])[] {
  const earlier = reverseEdges(later);
  const left = new Set(later.keys());
  const cycles: (readonly string[])[] = [];
  trimEnds({ later, earlier, left }, [...left]);
  while (left.size > 0 && cycles.length < cyclesMax) {
    const cycle = walkCycle(later, left);
    cycles.push(cycle);
    for (const name of cycle) left.delete(name);
    trimEnds(
      { later, earlier, left },
      cycle.flatMap((name) => earlier.get(name) ?? []),
    );
  }
  return cycles;
}

function reverseEdges(edges: Edges): Edges {
  const reversed = new Map<string, string[]>();
  for (const [name, targets] of edges) {
    for (const target of targets) {
      const sources = reversed.get(target);
      if (sources) sources.push(name);
      else reversed.set(target, [name]);
    }
  }
  return reversed;
}

interface Trimming {
  readonly later: Edges;
  readonly earlier: Edges;
  readonly left: Set<string>;
}

function trimEnds({ later, earlier, left }: Trimming, candidates: readonly string[]): void {
  const queue = [...candidates];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (!left.has(name) || (later.get(name) ?? []).some((target) => left.has(target))) continue;
    left.delete(name);
    queue.push(...(earlier.get(name) ?? []));
  }
}

function walkCycle(later: Edges, left: ReadonlySet<string>): readonly string[] {
  const path: string[] = [];
  const seen = new Set<string>();
  let name: string | undefined = left.values().next().value;
  while (name !== undefined && !seen.has(name)) {
    seen.add(name);
    path.push(name);
    name = (later.get(name) ?? []).find((target) => left.has(target));
  }
  return path.slice(name === undefined ? 0 : path.indexOf(name));
}

function describeCycle(cycle: readonly string[], place: Place): Diagnostic {
  const [first = ''] = cycle;
  const edges = cycle.map((name, index) => placeEdge(place, name, cycle[index + 1] ?? first));
  const detail =
    cycle.length === 1
      ? `${quote(first)} cannot start before itself. Remove the entry.`
      : `None of them could start: ${[...cycle, first].map(quote).join(' before ')}. Remove one of the entries.`;
  const related = edges.slice(1).map((edge) => ({ message: 'It goes on here.', place: edge }));
  return diagnose('T1212', { place: edges[0], detail, related });
}

function placeEdge(place: Place, name: string, target: string): Place {
  return { ...place, path: [...place.path, name, 'before', target], on: 'key' };
}
