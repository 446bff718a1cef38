import type { GraphNode, ResourceGraph } from '../model/graph.ts';
import { workloadType, type Uid } from '../model/uid.ts';

/** Nodes of a type that depend on a node directly; `workload` is a type here. Sorted by uid. */
export function listConsumers(graph: ResourceGraph, uid: Uid, type: string): readonly GraphNode[] {
  return (dependentsOf(graph).get(uid) ?? []).filter((node) => typeOf(node) === type);
}

/** Nodes of a type that a node depends on directly. Sorted by uid. */
export function listDependencies(graph: ResourceGraph, uid: Uid, type: string): readonly GraphNode[] {
  const dependsOn = graph.nodes[uid]?.dependsOn ?? [];
  return dependsOn.flatMap((each) => graph.nodes[each] ?? []).filter((node) => typeOf(node) === type);
}

/** All nodes that a node depends on, directly or by way of others. In no order. */
export function listAllDependencies(graph: ResourceGraph, uid: Uid): readonly Uid[] {
  const found = new Set<Uid>();
  const waiting = [...(graph.nodes[uid]?.dependsOn ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(graph.nodes[next]?.dependsOn ?? []));
  }
  return [...found];
}

/** The type of a node; a workload has the reserved one. */
export function typeOf(node: GraphNode): string {
  return node.kind === 'workload' ? workloadType : node.type;
}

const dependentsByGraph = new WeakMap<ResourceGraph, ReadonlyMap<Uid, readonly GraphNode[]>>();

function dependentsOf(graph: ResourceGraph): ReadonlyMap<Uid, readonly GraphNode[]> {
  const known = dependentsByGraph.get(graph);
  if (known) return known;
  const dependents = new Map<Uid, GraphNode[]>();
  for (const uid of graph.order) {
    const node = graph.nodes[uid];
    for (const dependency of node?.dependsOn ?? []) {
      if (node) dependents.set(dependency, [...(dependents.get(dependency) ?? []), node]);
    }
  }
  dependentsByGraph.set(graph, dependents);
  return dependents;
}
