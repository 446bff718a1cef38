import { canonicalJson } from '../model/digest.ts';
import type { ResourceGraph } from '../model/graph.ts';
import type { DeclaredWorkload } from '../model/workload.ts';
import type { GraphRequest } from './graph-parts.ts';

/**
 * Says whether two requests surely build the same graph, so that the first one's can be taken for the second.
 * Rule: a workload counts by its name, needs, profile and origin: its containers, ports and metadata make no node.
 * Shape: linear in the number of workloads and bound resources; what is the same object is not looked into.
 */
export function buildsSameGraph(before: GraphRequest, now: GraphRequest): boolean {
  if (before.platform !== now.platform || before.workloads.length !== now.workloads.length) return false;
  if (canonicalJson(before.context) !== canonicalJson(now.context)) return false;
  if (canonicalJson(before.rebind ?? []) !== canonicalJson(now.rebind ?? [])) return false;
  if (!areSameNames(before.bound ?? {}, now.bound ?? {})) return false;
  return now.workloads.every((workload, index) => hasSameNodes(before.workloads[index], workload));
}

function hasSameNodes(before: DeclaredWorkload | undefined, now: DeclaredWorkload): boolean {
  return before === now || (before !== undefined && canonicalJson(describeNodes(before)) === canonicalJson(describeNodes(now)));
}

function describeNodes({ name, needs, annotations, origin }: DeclaredWorkload): object {
  return { name, needs, origin, profile: annotations['tutti.dev/profile'] };
}

type Names = Readonly<Record<string, string>>;

function areSameNames(before: Names, now: Names): boolean {
  if (before === now) return true;
  const keys = Object.keys(now);
  return keys.length === Object.keys(before).length && keys.every((key) => before[key] === now[key]);
}

/** Says whether two graphs have the same nodes, which say the same, in the same order. Shape: linear in their size. */
export function isSameGraph(before: ResourceGraph, now: ResourceGraph): boolean {
  if (before.digest !== now.digest || before.order.length !== now.order.length) return false;
  return now.order.every((uid, index) => {
    const [node, earlier] = [now.nodes[uid], before.nodes[uid]];
    return before.order[index] === uid && node !== undefined && earlier !== undefined && canonicalJson(node) === canonicalJson(earlier);
  });
}
