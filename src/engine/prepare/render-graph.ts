import {
  buildGraph,
  checkObjects,
  hasErrors,
  renderNamespace,
  scopeEnvironment,
  settle,
  type Diagnostic,
  type EnvironmentState,
  type Outcome,
  type ResolveContext,
  type Uid,
} from '../../core/index.ts';
import { desireWorkloads, type DesiredWorkload } from '../desired.ts';
import { bindTarget } from './bind-target.ts';
import { keepSecretsOut } from './keep-secrets-out.ts';
import type { NodeResult, PrepareDependencies, PrepareInputs, Rendered } from './prepared.ts';
import { resolveNode, type Walk } from './resolve-node.ts';

/**
 * Read, match, create: from workloads and a platform to every object, nothing written.
 * Rule: a node that fails leaves its dependents out, the others are gone through, so that all problems show at once.
 */
export async function renderGraph(dependencies: PrepareDependencies, inputs: PrepareInputs): Promise<Outcome<Rendered>> {
  const bound = await bindTarget(dependencies, inputs);
  if (!bound.value) return { diagnostics: bound.diagnostics };
  const { state, platform, request } = inputs;
  const workloads = desireWorkloads(state, request);
  const declared = workloads.map((each) => each.declared);
  const graph = buildGraph({
    platform,
    context: bound.value.context,
    workloads: declared,
    bound: boundDefinitions(state),
    rebind: request.rebind,
  });
  const diagnostics: Diagnostic[] = [...bound.diagnostics, ...graph.diagnostics];
  if (!graph.value) return { diagnostics };
  const { context, binding, namespace } = bound.value;
  const nodes = new Map<Uid, NodeResult>();
  const resolve: ResolveContext = {
    deployment: context,
    platform,
    graph: graph.value,
    environment: scopeEnvironment({ context, values: inputs.values, targetInputs: binding.inputs, namespace, workloads: declared }),
    workloads: Object.fromEntries(declared.map((workload) => [workload.name, workload])),
    outputsOf: (uid) => nodes.get(uid)?.outputs,
    generate: inputs.seeds.generate,
  };
  const walk: Walk = { bound: bound.value, resolve, state, drivers: dependencies.drivers, signal: inputs.signal };
  diagnostics.push(...(await walkNodes(walk, nodes)));
  if (hasErrors(diagnostics)) return { diagnostics };
  return finish({ bound: bound.value, workloads, graph: graph.value, nodes }, { inputs, diagnostics });
}

async function walkNodes(walk: Walk, nodes: Map<Uid, NodeResult>): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const { graph } = walk.resolve;
  const failed = new Set<Uid>();
  for (const uid of graph.order) {
    const node = graph.nodes[uid];
    if (!node) continue;
    if (node.dependsOn.some((each) => failed.has(each))) {
      failed.add(uid);
      continue;
    }
    const outcome = await resolveNode(node, walk);
    diagnostics.push(...outcome.diagnostics);
    if (outcome.value) nodes.set(uid, outcome.value);
    else failed.add(uid);
  }
  return diagnostics;
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

/** What holds data stays with the definition that made it; anything else moves, which the plan shows. */
function boundDefinitions(state: EnvironmentState): Readonly<Record<Uid, string>> {
  const bound = Object.values(state.resources).filter((resource) => resource.isStateful);
  return Object.fromEntries(bound.map((resource) => [resource.uid, resource.definition.name]));
}
