import {
  canonicalJson,
  type DeclaredWorkload,
  type Diagnostic,
  type EnvironmentScope,
  type EnvironmentState,
  type GraphNode,
  type GraphRequest,
  type Outcome,
  type ResourceGraph,
  type ResourceNode,
  type Uid,
} from '../../core/index.ts';
import type { SeedBook } from '../seeds.ts';
import type { BoundTarget, NodeResult } from './prepared.ts';

/**
 * What the last preparation of one environment found out, kept by whoever prepares it again and again.
 * Rule: it only saves work: with it or without it a preparation gives the same.
 */
export interface PreparationMemory {
  last?: Preparation;
}

/** Everything that decides what becomes of the nodes, and what became of them. */
export interface Preparation {
  readonly request: GraphRequest;
  readonly graph: ResourceGraph;
  readonly warnings: readonly Diagnostic[];
  readonly bound: BoundTarget;
  readonly scope: EnvironmentScope;
  readonly seeds: SeedBook;
  readonly resources: EnvironmentState['resources'];
  /** Of the nodes whose outcome depends on nothing but the above. */
  readonly outcomes: ReadonlyMap<Uid, Outcome<NodeResult>>;
}

export type Circumstances = Omit<Preparation, 'outcomes'>;

/** What became of a node the last time, if the same becomes of it now; asked in graph order. */
export type Recall = (node: GraphNode) => Outcome<NodeResult> | undefined;

const recallNothing: Recall = () => undefined;

/**
 * Compares a preparation with the last one.
 * Rule: a node is as it was when the environment, the graph and the seeds are the same, its driver state is, and neither its workload nor any
 * node that it depends on, or that provisions it along, has changed.
 */
export function openRecall(last: Preparation | undefined, now: Circumstances): Recall {
  if (!last || !areSameAround(last, now)) return recallNothing;
  const changed = compareWorkloads(last.request.workloads, now.request.workloads);
  const moved = new Set<Uid>();
  const hasMoved = (node: GraphNode): boolean => {
    if (node.dependsOn.some((uid) => moved.has(uid))) return true;
    if (node.kind === 'workload') return changed.specs.has(node.workload);
    return node.kind === 'resource' && hasResourceMoved(node);
  };
  const hasResourceMoved = (node: ResourceNode): boolean => {
    if (last.resources[node.uid]?.state !== now.resources[node.uid]?.state) return true;
    const { paramsFrom } = node;
    if (paramsFrom.kind === 'score') return changed.metadata.has(paramsFrom.workload);
    const parent = paramsFrom.kind === 'expression' ? now.graph.nodes[paramsFrom.parent] : undefined;
    return parent !== undefined && hasMoved(parent);
  };
  return (node) => {
    const known = hasMoved(node) ? undefined : last.outcomes.get(node.uid);
    if (!known) moved.add(node.uid);
    return known;
  };
}

/** Equal scopes and graphs were made the same object before. */
function areSameAround(last: Preparation, now: Circumstances): boolean {
  if (last.graph !== now.graph || last.scope !== now.scope || last.seeds !== now.seeds) return false;
  if (last.request.platform !== now.request.platform || last.bound.document !== now.bound.document) return false;
  return last.bound.target.type === now.bound.target.type && describeBound(last.bound) === describeBound(now.bound);
}

function describeBound({ context, binding, namespace }: BoundTarget): string {
  return canonicalJson({ context, binding, namespace });
}

interface ChangedWorkloads {
  readonly specs: ReadonlySet<string>;
  readonly metadata: ReadonlySet<string>;
}

/** The same graph has the same workloads in the same order. */
function compareWorkloads(before: readonly DeclaredWorkload[], now: readonly DeclaredWorkload[]): ChangedWorkloads {
  const pairs = now.map((workload, index) => ({ workload, earlier: before[index] })).filter(({ workload, earlier }) => workload !== earlier);
  const renamed = pairs.filter(({ workload, earlier }) => canonicalJson(workload.metadata) !== canonicalJson(earlier?.metadata ?? null));
  return { specs: namesOf(pairs), metadata: namesOf(renamed) };
}

function namesOf(pairs: readonly { readonly workload: DeclaredWorkload }[]): ReadonlySet<string> {
  return new Set(pairs.map(({ workload }) => workload.name));
}
