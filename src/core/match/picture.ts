import type { GraphNode, ResourceGraph } from '../model/graph.ts';

/** The graph as text: every node in order, with what answers it and what it waits for. */
export function graphToText(graph: ResourceGraph): string {
  return graph.order
    .flatMap((uid) => {
      const node = graph.nodes[uid];
      return node ? [`${uid}  ${describeNode(node)}`, ...node.dependsOn.map((each) => `  ← ${each}`)] : [];
    })
    .join('\n');
}

/** The graph in Graphviz's language. */
export function graphToDot(graph: ResourceGraph): string {
  const lines = graph.order.flatMap((uid) => {
    const node = graph.nodes[uid];
    if (!node) return [];
    const shape = node.kind === 'workload' ? 'box' : 'ellipse';
    const label = `${uid}\\n${describeNode(node)}`;
    return [
      `  ${quote(uid)} [shape=${shape}, label=${quote(label)}];`,
      ...node.dependsOn.map((each) => `  ${quote(uid)} -> ${quote(each)};`),
    ];
  });
  return ['digraph resources {', '  rankdir=LR;', ...lines, '}'].join('\n');
}

function describeNode(node: GraphNode): string {
  switch (node.kind) {
    case 'workload':
      return `profile ${node.match.name}`;
    case 'derived':
      return node.type === 'service' ? `address of ${node.workload ?? 'nothing'}` : 'values of the environment';
    default:
      return node.match.name;
  }
}

function quote(text: string): string {
  return `"${text.replaceAll('"', String.raw`\"`)}"`;
}
