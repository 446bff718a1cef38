import {
  checkOutputs,
  deriveOutputs,
  diagnose,
  fail,
  hasErrors,
  invariant,
  placeProblems,
  listAllDependencies,
  renderManifests,
  renderWorkload,
  resolveResource,
  resolveWorkload,
  type Diagnostic,
  type DerivedNode,
  type EnvironmentState,
  type GraphNode,
  type LiveObjects,
  type Outcome,
  type RenderedObject,
  type ResolveContext,
  type ResourceDefinition,
  type ResourceNode,
  type ResourceResult,
  type Uid,
  type ValueObject,
  type WorkloadNode,
} from '../../core/index.ts';
import type { DriverLoaders } from '../dependencies.ts';
import { describeCall, lendSecrets, type DriverMeans } from './driver-request.ts';
import type { BoundTarget, NodeResult } from './prepared.ts';

/** What resolving one node after the other needs. */
export interface Walk {
  readonly bound: BoundTarget;
  readonly resolve: ResolveContext;
  readonly state: EnvironmentState;
  /** What drivers remember of resources that were completed since. */
  readonly completed?: Readonly<Record<Uid, ValueObject>>;
  /** What drivers may look at on the target. */
  readonly liveOf: (definition: ResourceDefinition) => LiveObjects | undefined;
  readonly drivers: DriverLoaders;
  readonly means: DriverMeans;
  /** Of a node that was gone through before. */
  readonly objectsOf: (uid: Uid) => readonly RenderedObject[];
  /** What the driver before left for the next one. */
  readonly shared: { value: ValueObject };
}

/** Evaluates a node, asks its driver what it would give, and renders its objects. */
export async function resolveNode(node: GraphNode, walk: Walk): Promise<Outcome<NodeResult>> {
  switch (node.kind) {
    case 'resource':
      return previewResource(node, walk);
    case 'derived':
      return deriveNode(node, walk);
    default:
      return renderNode(node, walk);
  }
}

function deriveNode(node: DerivedNode, { resolve }: Walk): Outcome<NodeResult> {
  const { value, diagnostics } = deriveOutputs(node, resolve);
  return value ? { value: { outputs: value, objects: [], isRepeatable: true }, diagnostics } : { diagnostics };
}

async function previewResource(node: ResourceNode, walk: Walk): Promise<Outcome<NodeResult>> {
  const definition = findDefinition(node, walk);
  const resolved = resolveResource(node, definition, walk.resolve);
  if (!resolved.value) return { diagnostics: resolved.diagnostics };
  const { inputs } = resolved.value;
  const driver = await loadDriver(definition, walk.drivers);
  if (!driver.value) return { diagnostics: driver.diagnostics };
  const request = describeCall({ node, resolved: resolved.value, driver: driver.value, walk });
  const { means } = walk;
  const live = driver.value.complete && walk.liveOf(definition);
  const answer = await driver.value.preview({
    ...request,
    secrets: lendSecrets(node.uid, means),
    ...(live && { live }),
    signal: means.signal,
  });
  const preview = { ...answer, diagnostics: placeProblems(answer.diagnostics, definition) };
  const diagnostics: Diagnostic[] = [...resolved.diagnostics, ...preview.diagnostics];
  if (!preview.value) return { diagnostics };
  if (preview.value.shared) walk.shared.value = preview.value.shared;
  const resource = { driver: definition.driver, inputs, request, result: preview.value, isCompletedLater: live !== undefined };
  const finished = finishResource(node, definition, preview.value, walk);
  diagnostics.push(...finished.diagnostics);
  return finished.value
    ? { value: { ...finished.value, isRepeatable: driver.value.isPure && !driver.value.readsSurroundings, resource }, diagnostics }
    : { diagnostics };
}

/** Holds a driver's result against the contract and makes objects of its manifests; the same for previews and the real thing. */
function finishResource(
  node: ResourceNode,
  definition: ResourceDefinition,
  result: ResourceResult,
  walk: Pick<Walk, 'bound' | 'resolve'>,
): Outcome<Pick<NodeResult, 'outputs' | 'objects'>> {
  const problems = checkOutputs(definition, result.outputs, walk.resolve.platform);
  const { context, namespace } = walk.bound;
  const rendered = renderManifests({ node: node.uid, definition, manifests: result.manifests, context, namespace });
  const diagnostics = [...problems, ...rendered.diagnostics];
  if (hasErrors(diagnostics) || !rendered.value) return { diagnostics };
  return { value: { outputs: result.outputs, objects: rendered.value }, diagnostics };
}

function findDefinition(node: ResourceNode, { resolve }: Pick<Walk, 'resolve'>): ResourceDefinition {
  const definition = definitionsOf(resolve).get(node.match.name);
  invariant(definition, `the definition ${node.match.name} of ${node.uid} exists`);
  return definition;
}

const definitionsByPlatform = new WeakMap<object, ReadonlyMap<string, ResourceDefinition>>();

function definitionsOf({ platform }: ResolveContext): ReadonlyMap<string, ResourceDefinition> {
  const known = definitionsByPlatform.get(platform);
  if (known) return known;
  const made = new Map(platform.definitions.map((definition) => [definition.name, definition]));
  definitionsByPlatform.set(platform, made);
  return made;
}

async function loadDriver(definition: Pick<ResourceDefinition, 'driver' | 'place'>, drivers: DriverLoaders) {
  const load = Object.hasOwn(drivers, definition.driver) ? drivers[definition.driver] : undefined;
  if (load) return { value: await load(), diagnostics: [] };
  const detail = `There is no driver "${definition.driver}". Drivers: ${Object.keys(drivers).toSorted().join(', ')}.`;
  return fail(diagnose('T1508', { detail, place: { ...definition.place, path: ['spec', 'driver'] } }));
}

function renderNode(node: WorkloadNode, walk: Walk): Outcome<NodeResult> {
  const { resolve, bound } = walk;
  const declared = resolve.workloads[node.workload];
  const profile = resolve.platform.profiles.find((each) => each.name === node.match.name);
  invariant(declared && profile, `the workload ${node.workload} and its profile exist`);
  const resolved = resolveWorkload(node, declared, resolve);
  if (!resolved.value) return { diagnostics: resolved.diagnostics };
  const rendered = renderWorkload({
    node: node.uid,
    resolved: resolved.value,
    profile,
    context: bound.context,
    environment: resolve.environment,
    namespace: bound.namespace,
    resourceObjects: listResourceObjects(node, walk),
  });
  const diagnostics = [...resolved.diagnostics, ...rendered.diagnostics];
  return rendered.value ? { value: { outputs: {}, objects: rendered.value, isRepeatable: true }, diagnostics } : { diagnostics };
}

/** Only Compose waits for services of resources. */
function listResourceObjects({ uid }: WorkloadNode, { resolve, bound, objectsOf }: Walk): readonly RenderedObject[] {
  return bound.context.format === 'compose' ? listAllDependencies(resolve.graph, uid).flatMap(objectsOf) : [];
}
