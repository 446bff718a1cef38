import type { OperationOutput } from '../../contract/index.ts';
import {
  defaultClass,
  graphToDot,
  graphToText,
  workloadType,
  type GraphNode,
  type MatchContext,
  type OwnedNeed,
  type ResourceGraph,
} from '../../core/index.ts';

type GraphView = OperationOutput<'files.graph'>;

/** The graph as the API shows it. */
export function showGraph(graph: ResourceGraph, context: MatchContext): GraphView {
  const nodes = graph.order.flatMap((uid) => graph.nodes[uid] ?? []);
  return {
    context: showContext(context),
    digest: graph.digest,
    nodes: nodes.map(showNode),
    text: graphToText(graph),
    dot: graphToDot(graph),
  };
}

export function showContext({ project, environment, environmentType, target, format }: MatchContext): MatchContext {
  return { project, environment, environmentType, target, format };
}

function showNode(node: GraphNode): GraphView['nodes'][number] {
  const { uid, kind, dependsOn } = node;
  if (node.kind === 'workload')
    return { uid, kind, type: workloadType, class: defaultClass, id: node.workload, definition: node.match.name, neededBy: [], dependsOn };
  const definition = node.kind === 'resource' ? { definition: node.match.name } : {};
  return { uid, kind, type: node.type, class: node.class, id: node.id, ...definition, neededBy: node.needs.map(nameNeed), dependsOn };
}

/** `web.db`; of a project or an environment type with `@` before it. */
export function nameNeed({ owner, need }: OwnedNeed): string {
  return `${owner.kind === 'workload' ? '' : '@'}${owner.name}.${need.name}`;
}
