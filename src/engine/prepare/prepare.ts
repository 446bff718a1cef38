import {
  buildPlan,
  digestInputs,
  hasErrors,
  isStateful,
  type BuildPlanRequest,
  type Diagnostic,
  type Outcome,
  type Platform,
  type ResourceDefinition,
  type ResourceDesire,
  type ResourceNode,
  type ResourceState,
  type TargetObservation,
  type TargetRequest,
  type Uid,
  type WorkloadDesire,
} from '../../core/index.ts';
import { createReveal, type RevealSource } from '../reveal.ts';
import { breathe } from '../breathe.ts';
import { describeNoDeployment } from '../deployment-facts.ts';
import { checkPending } from './check-pending.ts';
import type { Described } from './preparation-memory.ts';
import type { PrepareDependencies, Prepared, PrepareInputs, Rendered } from './prepared.ts';
import { announceHooks } from './list-hooks.ts';
import { renderGraph } from './render-graph.ts';

/**
 * Makes the plan of a request: what shall be, against what was and what is there.
 * Rule: the same code makes the plan that is shown and the one that is carried out; nothing is written.
 */
export async function prepare(
  dependencies: PrepareDependencies,
  inputs: PrepareInputs,
  revealing: RevealSource,
): Promise<Outcome<Prepared>> {
  const rendered = await renderGraph(dependencies, inputs);
  if (!rendered.value) return { diagnostics: rendered.diagnostics };
  const pending = checkPending(rendered.value);
  if (pending.length > 0) return { diagnostics: [...rendered.diagnostics, ...pending] };
  const request = targetRequest(dependencies, inputs, rendered.value, revealing);
  const objects = listObjects(rendered.value);
  const observed = await rendered.value.bound.target.observe(request);
  // What cannot be looked at cannot be planned against either.
  if (!observed.value) return { diagnostics: [...rendered.diagnostics, ...observed.diagnostics] };
  const checked = await rendered.value.bound.target.plan(request, [...objects, ...rendered.value.hooks]);
  const diagnostics: Diagnostic[] = [...rendered.diagnostics, ...observed.diagnostics, ...checked.diagnostics];
  if (hasErrors(diagnostics)) return { diagnostics };
  await breathe();
  const planned = planRendered(inputs, rendered.value, observed.value);
  await breathe();
  diagnostics.push(...planned.diagnostics);
  if (!planned.value) return { diagnostics };
  diagnostics.push(...announceHooks(rendered.value, planned.value.plan));
  return { value: planned.value, diagnostics };
}

/**
 * Prepares once more in the middle of carrying out, with what has become known since, against what was observed at first.
 * Rule: the target is not asked; it says itself what it does not take.
 */
export async function prepareFurther(
  dependencies: PrepareDependencies,
  inputs: PrepareInputs,
  observation: TargetObservation,
): Promise<Outcome<Prepared>> {
  const { value, diagnostics } = await renderGraph(dependencies, inputs);
  if (!value || hasErrors(diagnostics)) return { diagnostics };
  const planned = planRendered(inputs, value, observation);
  return { ...planned, diagnostics: [...diagnostics, ...planned.diagnostics] };
}

function planRendered(inputs: PrepareInputs, rendered: Rendered, observation: TargetObservation): Outcome<Prepared> {
  const described = describe(inputs, rendered);
  const { value: plan, diagnostics } = buildPlan(planRequest(inputs, rendered, { observation, resources: described.desires }));
  return plan ? { value: { ...rendered, observation, plan, resources: described.states }, diagnostics } : { diagnostics };
}

/** Where no resource came out otherwise than the last time, what was made of them then. */
function describe(inputs: PrepareInputs, rendered: Rendered): Described {
  const { last } = inputs.memory ?? {};
  // Another preparation may have ended in between.
  const own = last?.rendered === rendered ? last : undefined;
  if (own?.described) return own.described;
  const digests = digestAll(rendered);
  const described = { desires: describeDesires(inputs, rendered, digests), states: describeResources(inputs, rendered, digests) };
  if (own) own.described = described;
  return described;
}

/** Every object of the environment as it shall be, those of no node first. */
export function listObjects(rendered: Pick<Rendered, 'loose' | 'nodes'>) {
  return [...rendered.loose, ...[...rendered.nodes.values()].flatMap((node) => node.objects)];
}

/** What a target is told, before and while it writes. The facts of the deployment are filled in when there is one. */
export function targetRequest(
  dependencies: PrepareDependencies,
  inputs: PrepareInputs,
  rendered: Rendered,
  revealing: RevealSource,
): TargetRequest {
  return {
    context: rendered.bound.context,
    inputs: rendered.bound.binding.inputs,
    baseDir: dependencies.baseDir,
    inventory: inputs.state.objects,
    ...(inputs.request.adopts === true && { adopts: true }),
    deletesData: inputs.request.deletesData === true ? 'all' : inputs.request.deleteResources,
    reveal: createReveal(revealing),
    signal: inputs.signal,
    deployment: describeNoDeployment({
      ref: inputs.environment,
      requester: inputs.requester,
      release: inputs.release,
      reason: inputs.request.reason,
      workloads: rendered.workloads.map(({ declared }) => ({ name: declared.name, digest: declared.digest })),
    }),
  };
}

function planRequest(
  inputs: PrepareInputs,
  rendered: Rendered,
  { observation, resources }: Pick<BuildPlanRequest, 'observation'> & Pick<BuildPlanRequest['desired'], 'resources'>,
): BuildPlanRequest {
  const { request, state } = inputs;
  return {
    context: rendered.bound.context,
    graph: rendered.graph,
    desired: {
      resources,
      workloads: describeWorkloads(rendered),
      objects: rendered.loose,
    },
    state,
    ...(observation && { observation }),
    target: rendered.bound.binding,
    command: {
      workloads: request.workloads.map(({ declared }) => declared.name),
      remove: request.remove,
      isWhole: request.isWhole,
      deleteResources: request.deleteResources,
      rebind: request.rebind,
      ...(request.adopts === true && { adopts: true }),
      ...(request.crosses && { crosses: request.crosses }),
      ...(request.kind === 'destroy' && { destroys: request.deletesData === true ? 'all' : 'all-but-data' }),
    },
    changed: inputs.changed,
    release: inputs.release,
  };
}

type Digests = ReadonlyMap<Uid, string>;

/** Of the inputs of every resource. */
function digestAll(rendered: Rendered): Digests {
  const resolved = [...rendered.nodes].flatMap(([uid, { resource }]) => (resource ? [[uid, digestInputs(resource.request)] as const] : []));
  return new Map(resolved);
}

function describeDesires({ platform }: PrepareInputs, rendered: Rendered, digests: Digests): Readonly<Record<Uid, ResourceDesire>> {
  const onRemove = listFarewells(platform);
  const desires: Record<Uid, ResourceDesire> = {};
  for (const node of listResources(rendered)) {
    const result = rendered.nodes.get(node.uid);
    if (!result?.resource) continue;
    const { driver, inputs } = result.resource;
    const farewell = onRemove.get(node.match.name);
    desires[node.uid] = {
      driver,
      isStateful: isStateful(platform, node.type),
      inputs,
      inputsDigest: digests.get(node.uid) ?? '',
      objects: result.objects,
      ...(farewell && { onRemove: farewell }),
    };
  }
  return desires;
}

/** What becomes of resources that nothing needs any more, by definition. */
function listFarewells({ definitions }: Platform): ReadonlyMap<string, ResourceDefinition['onRemove']> {
  return new Map(definitions.map(({ name, onRemove }) => [name, onRemove]));
}

function describeWorkloads(rendered: Rendered): Readonly<Record<string, WorkloadDesire>> {
  const declared = new Map(rendered.workloads.map((each) => [each.declared.name, each.declared]));
  const desires: Record<string, WorkloadDesire> = {};
  for (const uid of rendered.graph.order) {
    const node = rendered.graph.nodes[uid];
    if (node?.kind !== 'workload') continue;
    const desired = declared.get(node.workload);
    const objects = rendered.nodes.get(uid)?.objects ?? [];
    if (desired) desires[node.workload] = { declared: desired, profile: node.match.name, objects };
  }
  return desires;
}

export function listResources(rendered: Pick<Rendered, 'graph'>): readonly ResourceNode[] {
  return rendered.graph.order.flatMap((uid) => {
    const node = rendered.graph.nodes[uid];
    return node?.kind === 'resource' ? [node] : [];
  });
}

/** The states that resources will have once they are provisioned as previewed. */
function describeResources({ platform }: PrepareInputs, rendered: Rendered, digests: Digests): Readonly<Record<Uid, ResourceState>> {
  const onRemove = listFarewells(platform);
  const states: Record<Uid, ResourceState> = {};
  for (const node of listResources(rendered)) {
    const resolution = rendered.nodes.get(node.uid)?.resource;
    if (!resolution) continue;
    const farewell = onRemove.get(node.match.name);
    states[node.uid] = {
      uid: node.uid,
      type: node.type,
      class: node.class,
      id: node.id,
      definition: { name: node.match.name, digest: node.match.digest },
      driver: resolution.driver,
      isStateful: isStateful(platform, node.type),
      status: 'ready',
      inputsDigest: digests.get(node.uid) ?? '',
      inputs: resolution.inputs,
      outputs: resolution.result.outputs,
      state: resolution.result.state,
      dependsOn: node.dependsOn,
      ...(farewell && { onRemove: farewell }),
    };
  }
  return states;
}
