import {
  buildGraph,
  buildsSameGraph,
  checkHooks,
  checkObjects,
  hasErrors,
  hookTimeOf,
  isPaused,
  isSameGraph,
  keepScope,
  pauseObject,
  renderNamespace,
  scopeEnvironment,
  settle,
  succeed,
  type Diagnostic,
  type EnvironmentScope,
  type EnvironmentState,
  type GraphRequest,
  type Outcome,
  type RenderedObject,
  type ResourceGraph,
  type Uid,
} from '../../core/index.ts';
import { desireWorkloads, type DesiredWorkload } from '../desired.ts';
import { bindTarget } from './bind-target.ts';
import { keepSecretsOut } from './keep-secrets-out.ts';
import { findMoved, type Circumstances, type Preparation } from './preparation-memory.ts';
import { patchRendered } from './patch-rendered.ts';
import type { BoundTarget, PrepareDependencies, PrepareInputs, Rendered } from './prepared.ts';
import { shareObjects } from './share-objects.ts';
import { walkNodes, type Walked } from './walk-nodes.ts';

/**
 * Read, match, create: from workloads and a platform to every object, nothing written.
 * Rule: a node that fails leaves its dependents out, the others are gone through, so that all problems show at once.
 */
export async function renderGraph(dependencies: PrepareDependencies, inputs: PrepareInputs): Promise<Outcome<Rendered>> {
  const bound = await bindTarget(dependencies, inputs);
  if (!bound.value) return { diagnostics: bound.diagnostics };
  const workloads = desireWorkloads(inputs.state, inputs.request);
  const last = inputs.memory?.last;
  const request = requestGraph(inputs, bound.value, workloads);
  const graph = keepGraph(last, request);
  const diagnostics: Diagnostic[] = [...bound.diagnostics, ...graph.diagnostics];
  if (!graph.value) return { diagnostics };
  const around: Circumstances = {
    request,
    graph: graph.value,
    warnings: graph.diagnostics,
    bound: bound.value,
    scope: scopeNodes(inputs, bound.value, request.workloads),
    seeds: inputs.seeds,
    resources: inputs.state.resources,
  };
  const moved = findMoved(last, around);
  const walked = await walkNodes(around, { inputs, drivers: dependencies.drivers, baseDir: dependencies.baseDir, last, moved });
  diagnostics.push(...listNotes(graph.value, walked.notes));
  if (hasErrors(diagnostics)) return { diagnostics };
  return finish({ around, workloads, last, moved, walked }, { inputs, dependencies, diagnostics });
}

/** Whether the environment is destroyed. */
function isGoing({ request }: Pick<PrepareInputs, 'request'>): boolean {
  return request.kind === 'destroy';
}

function requestGraph(
  { platform, state, request }: PrepareInputs,
  bound: BoundTarget,
  workloads: readonly DesiredWorkload[],
): GraphRequest {
  return {
    // Nothing is needed of an environment that goes, not by its project either.
    platform: isGoing({ request }) ? { ...platform, projects: [] } : platform,
    context: bound.context,
    workloads: workloads.map((each) => each.declared),
    bound: boundDefinitions(state),
    rebind: request.rebind,
  };
}

/** The last graph where the same is built again, so that the same object means the same graph. */
function keepGraph(last: Preparation | undefined, request: GraphRequest): Outcome<ResourceGraph> {
  if (last && buildsSameGraph(last.request, request)) return { value: last.graph, diagnostics: last.warnings };
  const built = buildGraph(request);
  return last && built.value && isSameGraph(last.graph, built.value) ? { ...built, value: last.graph } : built;
}

function scopeNodes(
  { values, memory }: PrepareInputs,
  { context, binding, namespace }: BoundTarget,
  workloads: GraphRequest['workloads'],
): EnvironmentScope {
  const scope = scopeEnvironment({ context, values, targetInputs: binding.inputs, namespace, workloads });
  return memory?.last ? keepScope(memory.last.scope, scope) : scope;
}

function listNotes({ order }: ResourceGraph, notes: Walked['notes']): readonly Diagnostic[] {
  return notes.size === 0 ? [] : order.flatMap((uid) => notes.get(uid) ?? []);
}

interface Finding {
  readonly around: Circumstances;
  readonly workloads: readonly DesiredWorkload[];
  readonly last: Preparation | undefined;
  readonly moved: ReadonlySet<Uid> | undefined;
  readonly walked: Walked;
}

interface Means {
  readonly inputs: PrepareInputs;
  readonly dependencies: PrepareDependencies;
  readonly diagnostics: readonly Diagnostic[];
}

async function finish(finding: Finding, { inputs, dependencies, diagnostics }: Means): Promise<Outcome<Rendered>> {
  const { around, workloads, last, walked } = finding;
  const { bound, graph } = around;
  const loose = needsNamespace({ workloads, bound }, inputs) ? [renderNamespace(bound.context, bound.namespace)] : [];
  const rendered = { bound, workloads, graph, nodes: shareObjects(walked.nodes, graph), hooks: [], loose, secrets: [] };
  // Templates add objects to what is there, and there shall be nothing.
  const patched = isGoing(inputs) ? succeed(rendered) : await patchRendered(rendered, inputs, dependencies.patcher);
  if (!patched.value) return { diagnostics: [...diagnostics, ...patched.diagnostics] };
  const kept = keepSecretsOut(pauseRendered(takeHooks(patched.value), inputs), inputs.platform);
  const twins =
    kept === rendered && hasSameKeys(finding) ? [] : checkObjects([...loose, ...[...kept.nodes.values()].flatMap((node) => node.objects)]);
  const outcome = settle(kept, [...diagnostics, ...patched.diagnostics, ...twins, ...checkHooks(listAll(patched.value))]);
  if (inputs.memory && outcome.value) {
    const described = last && !hasResource(finding) ? last.described : undefined;
    inputs.memory.last = { ...around, ...walked, rendered: kept, ...(described && { described }) };
  }
  return outcome;
}

/** Then no two objects have the same key, as the last time. */
function listAll({ loose, nodes }: Pick<Rendered, 'loose' | 'nodes'>): readonly RenderedObject[] {
  return [...loose, ...[...nodes.values()].flatMap((node) => node.objects)];
}

/** Takes hooks out of the objects, where the target can run them. The same where there are none. */
function takeHooks(rendered: Rendered): Rendered {
  const isHook = (object: RenderedObject): boolean => hookTimeOf(object) !== undefined;
  const hooks = rendered.bound.target.runHook ? listAll(rendered).filter(isHook) : [];
  if (hooks.length === 0) return rendered;
  const without = (objects: readonly RenderedObject[]) => objects.filter((object) => !isHook(object));
  const nodes = new Map([...rendered.nodes].map(([uid, node]) => [uid, { ...node, objects: without(node.objects) }]));
  return { ...rendered, nodes, hooks, loose: without(rendered.loose) };
}

/** The same where the environment is not paused. */
function pauseRendered(rendered: Rendered, { values }: PrepareInputs): Rendered {
  if (!isPaused(values)) return rendered;
  const nodes = new Map([...rendered.nodes].map(([uid, node]) => [uid, { ...node, objects: node.objects.map(pauseObject) }]));
  return { ...rendered, nodes, loose: rendered.loose.map(pauseObject) };
}

function hasSameKeys({ last, moved, walked }: Finding): boolean {
  if (!last || !moved) return false;
  return [...moved].every((uid) => {
    const [before, now] = [last.nodes.get(uid)?.objects ?? [], walked.nodes.get(uid)?.objects ?? []];
    return before.length === now.length && now.every(({ key }, index) => key === before[index]?.key);
  });
}

function hasResource({ moved, around }: Finding): boolean {
  return !moved || [...moved].some((uid) => around.graph.nodes[uid]?.kind === 'resource');
}

/** As long as anything lives in it, the namespace is the environment's; a target that names one has made it itself. */
function needsNamespace(
  parts: { readonly workloads: readonly DesiredWorkload[]; readonly bound: Rendered['bound'] },
  { state, request }: PrepareInputs,
): boolean {
  const isOwn = parts.bound.binding.inputs['namespace'] === undefined && parts.bound.context.format === 'kubernetes';
  if (isGoing({ request })) return isOwn && request.deletesData !== true && holdsData(state);
  return isOwn && (parts.workloads.length > 0 || Object.keys(state.resources).length > 0);
}

/** Whether something in the namespace would be lost with it. */
function holdsData({ resources, objects }: EnvironmentState): boolean {
  const areResources = Object.values(resources).some(({ isStateful: holds, onRemove }) => holds || onRemove === 'retain');
  return areResources || Object.values(objects).some(({ body }) => claimKinds.some((kind) => body['kind'] === kind));
}

/** A claim, and what makes claims. */
const claimKinds: readonly string[] = ['PersistentVolumeClaim', 'StatefulSet'];

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
