import type { GraphNode, ResourceGraph, Uid } from '../../core/index.ts';

/** Gives the nodes for which something has changed, and all that come after them: their dependents, and what they provision along. */
export function listMoved(graph: ResourceGraph, hasChanged: (node: GraphNode) => boolean): ReadonlySet<Uid> {
  const { all, followers } = arrange(graph);
  const waiting = all.filter(hasChanged).map(({ uid }) => uid);
  const moved = new Set<Uid>();
  for (let uid = waiting.pop(); uid !== undefined; uid = waiting.pop()) {
    if (moved.has(uid)) continue;
    moved.add(uid);
    waiting.push(...(followers.get(uid) ?? []));
  }
  return moved;
}

interface Arrangement {
  /** In graph order. */
  readonly all: readonly GraphNode[];
  readonly followers: ReadonlyMap<Uid, readonly Uid[]>;
  readonly positions: ReadonlyMap<Uid, number>;
}

/** The place of each node in the order of the graph. */
export function positionsOf(graph: ResourceGraph): ReadonlyMap<Uid, number> {
  return arrange(graph).positions;
}

const arrangements = new WeakMap<ResourceGraph, Arrangement>();

function arrange(graph: ResourceGraph): Arrangement {
  const known = arrangements.get(graph);
  if (known) return known;
  const all = graph.order.flatMap((uid) => graph.nodes[uid] ?? []);
  const followers = new Map<Uid, Uid[]>();
  const follow = (leader: Uid, uid: Uid): void => {
    const list = followers.get(leader);
    if (list) list.push(uid);
    else followers.set(leader, [uid]);
  };
  for (const node of all) {
    for (const uid of node.dependsOn) follow(uid, node.uid);
    if (node.kind === 'resource' && node.paramsFrom.kind === 'expression') follow(node.paramsFrom.parent, node.uid);
  }
  const arrangement = { all, followers, positions: new Map(graph.order.map((uid, index) => [uid, index])) };
  arrangements.set(graph, arrangement);
  return arrangement;
}
