import {
  buildGraph,
  buildsSameGraph,
  checkObjects,
  hasErrors,
  keepScope,
  renderNamespace,
  scopeEnvironment,
  settle,
  type Diagnostic,
  type EnvironmentScope,
  type EnvironmentState,
  type GraphRequest,
  type Outcome,
  type ResolveContext,
  type Uid,
} from '../../core/index.ts';
import type { DriverLoaders } from '../dependencies.ts';
import { desireWorkloads, type DesiredWorkload } from '../desired.ts';
import { bindTarget } from './bind-target.ts';
import { keepSecretsOut } from './keep-secrets-out.ts';
import { openRecall, type Circumstances, type Recall } from './preparation-memory.ts';
import type { BoundTarget, NodeResult, PrepareDependencies, PrepareInputs, Rendered } from './prepared.ts';
import { resolveNode, type Walk } from './resolve-node.ts';

/**
 * Read, match, create: from workloads and a platform to every object, nothing written.
 * Rule: a node that fails leaves its dependents out, the others are gone through, so that all problems show at once.
 */
export async function renderGraph(dependencies: PrepareDependencies, inputs: PrepareInputs): Promise<Outcome<Rendered>> {
  const bound = await bindTarget(dependencies, inputs);
  if (!bound.value) return { diagnostics: bound.diagnostics };
  const { state, seeds, memory } = inputs;
  const workloads = desireWorkloads(state, inputs.request);
  const request = requestGraph(inputs, bound.value, workloads);
  const last = memory?.last;
  const graph = last && buildsSameGraph(last.request, request) ? { value: last.graph, diagnostics: last.warnings } : buildGraph(request);
  const diagnostics: Diagnostic[] = [...bound.diagnostics, ...graph.diagnostics];
  if (!graph.value) return { diagnostics };
  const scope = scopeNodes(inputs, bound.value, request.workloads);
  const around: Circumstances = {
    request,
    graph: graph.value,
    warnings: graph.diagnostics,
    bound: bound.value,
    scope: last ? keepScope(last.scope, scope) : scope,
    seeds,
    resources: state.resources,
  };
  const walked = await walkNodes({ around, inputs, drivers: dependencies.drivers, recall: openRecall(last, around) });
  if (memory) memory.last = { ...around, outcomes: walked.outcomes };
  diagnostics.push(...walked.diagnostics);
  if (hasErrors(diagnostics)) return { diagnostics };
  return finish({ bound: bound.value, workloads, graph: graph.value, nodes: walked.nodes }, { inputs, diagnostics });
}

function requestGraph({ platform, state, request }: PrepareInputs, bound: BoundTarget, workloads: readonly DesiredWorkload[]): GraphRequest {
  return {
    platform,
    context: bound.context,
    workloads: workloads.map((each) => each.declared),
    bound: boundDefinitions(state),
    rebind: request.rebind,
  };
}

function scopeNodes({ values }: PrepareInputs, { context, binding, namespace }: BoundTarget, workloads: GraphRequest['workloads']): EnvironmentScope {
  return scopeEnvironment({ context, values, targetInputs: binding.inputs, namespace, workloads });
}

interface Journey {
  readonly around: Circumstances;
  readonly inputs: PrepareInputs;
  readonly drivers: DriverLoaders;
  readonly recall: Recall;
}

interface Walked {
  readonly nodes: ReadonlyMap<Uid, NodeResult>;
  readonly outcomes: ReadonlyMap<Uid, Outcome<NodeResult>>;
  readonly diagnostics: readonly Diagnostic[];
}

async function walkNodes({ around, inputs, drivers, recall }: Journey): Promise<Walked> {
  const nodes = new Map<Uid, NodeResult>();
  const outcomes = new Map<Uid, Outcome<NodeResult>>();
  const diagnostics: Diagnostic[] = [];
  const failed = new Set<Uid>();
  const walk = openWalk({ around, inputs, drivers }, nodes);
  for (const uid of around.graph.order) {
    const node = around.graph.nodes[uid];
    if (!node) continue;
    if (failed.size > 0 && node.dependsOn.some((each) => failed.has(each))) {
      failed.add(uid);
      continue;
    }
    const outcome = recall(node) ?? (await resolveNode(node, walk));
    if (outcome.value?.isRepeatable) outcomes.set(uid, outcome);
    if (outcome.diagnostics.length > 0) diagnostics.push(...outcome.diagnostics);
    if (outcome.value) nodes.set(uid, outcome.value);
    else failed.add(uid);
  }
  return { nodes, outcomes, diagnostics };
}

function openWalk({ around, inputs, drivers }: Omit<Journey, 'recall'>, nodes: ReadonlyMap<Uid, NodeResult>): Walk {
  const { request, graph, scope, bound } = around;
  const resolve: ResolveContext = {
    deployment: bound.context,
    platform: inputs.platform,
    graph,
    environment: scope,
    workloads: Object.fromEntries(request.workloads.map((workload) => [workload.name, workload])),
    outputsOf: (uid) => nodes.get(uid)?.outputs,
    generate: inputs.seeds.generate,
  };
  return { bound, resolve, state: inputs.state, drivers, signal: inputs.signal };
}

function finish(
  parts: Omit<Rendered, 'loose' | 'secrets'>,
  { inputs, diagnostics }: { readonly inputs: PrepareInputs; readonly diagnostics: readonly Diagnostic[] },
): Outcome<Rendered> {
  const loose = needsNamespace(parts, inputs.state) ? [renderNamespace(parts.bound.context, parts.bound.namespace)] : [];
  const kept = keepSecretsOut({ ...parts, loose, secrets: [] }, inputs.platform);
  const objects = [...kept.loose, ...[...kept.nodes.values()].flatMap((node) => node.objects)];
  return settle(kept, [...diagnostics, ...checkObjects(objects)]);
}

/** As long as anything lives in it, the namespace is the environment's; a target that names one has made it itself. */
function needsNamespace(
  parts: { readonly workloads: readonly DesiredWorkload[]; readonly bound: Rendered['bound'] },
  state: EnvironmentState,
): boolean {
  const isOwn = parts.bound.binding.inputs['namespace'] === undefined && parts.bound.context.format === 'kubernetes';
  return isOwn && (parts.workloads.length > 0 || Object.keys(state.resources).length > 0);
}

const boundByResources = new WeakMap<EnvironmentState['resources'], Readonly<Record<Uid, string>>>();

/** What holds data stays with the definition that made it; anything else moves, which the plan shows. */
function boundDefinitions({ resources }: EnvironmentState): Readonly<Record<Uid, string>> {
  const known = boundByResources.get(resources);
  if (known) return known;
  const bound = Object.values(resources).filter((resource) => resource.isStateful);
  const names = Object.fromEntries(bound.map((resource) => [resource.uid, resource.definition.name]));
  boundByResources.set(resources, names);
  return names;
}
