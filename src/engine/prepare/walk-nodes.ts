import type { Diagnostic, ResolveContext, Uid, ValueObject } from '../../core/index.ts';
import { breatheAt } from '../breathe.ts';
import type { DriverLoaders } from '../dependencies.ts';
import { positionsOf } from './list-moved.ts';
import { openLive } from './open-live.ts';
import type { Circumstances, Preparation } from './preparation-memory.ts';
import type { NodeResult, PrepareInputs } from './prepared.ts';
import { resolveNode, type Walk } from './resolve-node.ts';

export interface Walked {
  readonly nodes: ReadonlyMap<Uid, NodeResult>;
  /** What nodes reported. */
  readonly notes: ReadonlyMap<Uid, readonly Diagnostic[]>;
}

export interface WalkRequest {
  readonly inputs: PrepareInputs;
  readonly drivers: DriverLoaders;
  /** Relative paths of targets start here. */
  readonly baseDir: string;
  readonly last: Preparation | undefined;
  /** Nodes that may come out otherwise than the last time; absent: all. */
  readonly moved: ReadonlySet<Uid> | undefined;
}

/** Resolves node after node; those that have not moved are taken from the last time. */
export async function walkNodes(around: Circumstances, request: WalkRequest): Promise<Walked> {
  const { last, moved } = request;
  const { graph } = around;
  const nodes = new Map<Uid, NodeResult>(moved && last?.nodes);
  const notes = new Map<Uid, readonly Diagnostic[]>(moved && last?.notes);
  const failed = new Set<Uid>();
  const walk = openWalk(around, { ...request, nodes });
  const due = moved ? graph.order.filter((each) => moved.has(each)) : graph.order;
  for (const [index, uid] of due.entries()) {
    await breatheAt(index);
    const node = graph.nodes[uid];
    if (!node) continue;
    const isLost = node.dependsOn.some((each) => failed.has(each));
    const outcome = isLost ? { diagnostics: [] } : await resolveNode(node, moved ? lookBack(walk, uid) : walk);
    if (outcome.diagnostics.length > 0) notes.set(uid, outcome.diagnostics);
    else notes.delete(uid);
    if (outcome.value) nodes.set(uid, outcome.value);
    else failed.add(uid);
  }
  return { nodes, notes };
}

interface Means extends Pick<WalkRequest, 'inputs' | 'drivers' | 'baseDir'> {
  readonly nodes: ReadonlyMap<Uid, NodeResult>;
}

function openWalk({ request, graph, scope, bound }: Circumstances, { inputs, drivers, baseDir, nodes }: Means): Walk {
  const resolve: ResolveContext = {
    deployment: bound.context,
    platform: inputs.platform,
    graph,
    environment: scope,
    workloads: Object.fromEntries(request.workloads.map((workload) => [workload.name, workload])),
    outputsOf: (uid) => nodes.get(uid)?.outputs,
    generate: inputs.seeds.generate,
    importedGuid: (uid) => inputs.state.imported?.[uid]?.guid,
  };
  const objectsOf: Walk['objectsOf'] = (uid) => nodes.get(uid)?.objects ?? [];
  const { state, completed } = inputs;
  const liveOf: Walk['liveOf'] = (definition) => openLive({ bound, inputs, baseDir }, definition);
  const shared = { value: state.shared ?? {} };
  return { bound, resolve, state, ...(completed && { completed }), liveOf, drivers, means: inputs, objectsOf, shared };
}

/** Nodes that come later have outputs from the last time, which must not be seen: the first time they have none. */
function lookBack(walk: Walk, uid: Uid): Walk {
  const { resolve } = walk;
  const positions = positionsOf(resolve.graph);
  const own = positions.get(uid) ?? 0;
  const outputsOf = (each: Uid): ValueObject | undefined => ((positions.get(each) ?? own) < own ? resolve.outputsOf(each) : undefined);
  return { ...walk, resolve: { ...resolve, outputsOf } };
}
