import {
  canonicalJson,
  type DeclaredWorkload,
  type Diagnostic,
  type EnvironmentScope,
  type EnvironmentState,
  type GraphRequest,
  type ResourceDesire,
  type ResourceGraph,
  type ResourceState,
  type Uid,
} from '../../core/index.ts';
import type { SeedBook } from '../seeds.ts';
import { listMoved } from './list-moved.ts';
import type { BoundTarget, NodeResult, Rendered } from './prepared.ts';

/**
 * What the last preparation of one environment found out, kept by whoever prepares it again and again.
 * Rule: it only saves work: with it or without it a preparation gives the same.
 */
export interface PreparationMemory {
  last?: Preparation;
}

/** Everything that decides what becomes of the nodes. */
export interface Circumstances {
  readonly request: GraphRequest;
  readonly graph: ResourceGraph;
  /** What building the graph reported. */
  readonly warnings: readonly Diagnostic[];
  readonly bound: BoundTarget;
  readonly scope: EnvironmentScope;
  readonly seeds: SeedBook;
  readonly resources: EnvironmentState['resources'];
}

/** Circumstances, and what became of the nodes in them: all of them without an error. */
export interface Preparation extends Circumstances {
  readonly nodes: ReadonlyMap<Uid, NodeResult>;
  /** What nodes reported: warnings. */
  readonly notes: ReadonlyMap<Uid, readonly Diagnostic[]>;
  readonly rendered: Rendered;
  described?: Described;
}

/** Resources as a plan and a state want them. */
export interface Described {
  readonly desires: Readonly<Record<Uid, ResourceDesire>>;
  readonly states: Readonly<Record<Uid, ResourceState>>;
}

/**
 * Says which nodes may come out otherwise than the last time; nothing where all of them may.
 * Rule: a node is as it was when the environment, the graph and the seeds are the same, its driver state is, and neither its workload nor any
 * node that it depends on, or that provisions it along, has changed.
 */
export function findMoved(last: Preparation | undefined, now: Circumstances): ReadonlySet<Uid> | undefined {
  if (!last || !areSameAround(last, now)) return undefined;
  const changed = compareWorkloads(last.request.workloads, now.request.workloads);
  if (changed.arePortsOther) return undefined;
  return listMoved(now.graph, (node) => {
    if (node.kind === 'workload') return changed.specs.has(node.workload);
    if (node.kind === 'derived') return false;
    if (last.resources !== now.resources && !hasSameState(last.resources[node.uid], now.resources[node.uid])) return true;
    const { paramsFrom } = node;
    if (paramsFrom.kind === 'score' && changed.metadata.has(paramsFrom.workload)) return true;
    return last.nodes.get(node.uid)?.isRepeatable === false;
  });
}

/** Drivers are shown an empty state where there is none. */
function hasSameState(before: ResourceState | undefined, now: ResourceState | undefined): boolean {
  return before?.state === now?.state || canonicalJson(before?.state ?? {}) === canonicalJson(now?.state ?? {});
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
  /** Resources can see the ports of the workloads that need them. */
  readonly arePortsOther: boolean;
}

/** The same graph has the same workloads in the same order. */
function compareWorkloads(before: readonly DeclaredWorkload[], now: readonly DeclaredWorkload[]): ChangedWorkloads {
  const specs = new Set<string>();
  const metadata = new Set<string>();
  let arePortsOther = false;
  for (const [index, workload] of now.entries()) {
    const earlier = before[index];
    if (earlier === workload) continue;
    specs.add(workload.name);
    arePortsOther ||= canonicalJson(portsOf(workload)) !== canonicalJson(portsOf(earlier));
    if (canonicalJson(workload.metadata) !== canonicalJson(earlier?.metadata ?? null)) metadata.add(workload.name);
  }
  return { specs, metadata, arePortsOther };
}

function portsOf(workload: DeclaredWorkload | undefined) {
  return Object.fromEntries(Object.entries(workload?.ports ?? {}).map(([name, port]) => [name, { ...port }]));
}
