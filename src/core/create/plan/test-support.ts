import { makeObjectKey } from '../../model/object-key.ts';
import { digestOf } from '../../model/digest.ts';
import type { DeploymentContext } from '../../model/context.ts';
import type { GraphNode, Match, ResourceGraph } from '../../model/graph.ts';
import type { Plan } from '../../model/plan.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import { emptyState, type EnvironmentState, type ObjectState, type ResourceState, type WorkloadState } from '../../model/state.ts';
import { makeUid, makeWorkloadUid, type Uid } from '../../model/uid.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import type { Container, DeclaredWorkload } from '../../model/workload.ts';
import { nameSubject } from './change.ts';
import type { BuildPlanRequest, Desired, ResourceDesire, WorkloadDesire } from './request.ts';

/** An environment in a few words, for the tests of the plan. */
export interface World {
  readonly workloads: Readonly<Record<string, WorldWorkload>>;
  readonly resources?: Readonly<Record<string, WorldResource>>;
  readonly objects?: readonly RenderedObject[];
}

export interface WorldWorkload {
  readonly image?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly needs?: readonly Uid[];
  readonly objects?: readonly RenderedObject[];
}

export interface WorldResource {
  readonly definition?: string;
  readonly driver?: string;
  readonly isStateful?: boolean;
  readonly onRemove?: 'delete' | 'retain';
  readonly inputs?: ValueObject;
  readonly objects?: readonly RenderedObject[];
  readonly boundTo?: string;
  readonly owner?: string;
}

export const redis = makeUid({ type: 'redis', id: 'cache' });
export const postgres = makeUid({ type: 'postgres', id: 'shared' });
export const web = makeWorkloadUid('web');

const place = { file: 'score.yaml', document: 0, path: [] };

const context: DeploymentContext = {
  project: 'shop',
  environment: 'staging',
  environmentType: 'staging',
  target: 'files',
  format: 'kubernetes',
  incarnation: 1,
  slug: 'shop-staging-1a2b',
  labels: {},
};

/** The content of an object, a ConfigMap unless said otherwise. */
type ObjectBody = Readonly<Record<string, Value>> & { readonly kind?: string; readonly apiVersion?: string };

export function makeObject(node: Uid, name: string, { kind = 'ConfigMap', apiVersion = 'v1', ...rest }: ObjectBody = {}): RenderedObject {
  const whole: ValueObject = { apiVersion, kind, metadata: { name, namespace: 'ns' }, ...rest };
  const key = makeObjectKey({ apiVersion, kind, namespace: 'ns', name });
  return { key, node, body: whole, hash: digestOf(whole) };
}

function makeContainer({ image = 'web:1', variables = {} }: WorldWorkload): Container {
  return { image, variables, files: {}, volumes: {}, before: {}, limits: {}, requests: {} };
}

function makeDeclared(name: string, workload: WorldWorkload = {}): DeclaredWorkload {
  const parts = {
    name,
    metadata: { name },
    annotations: {},
    ports: {},
    containers: { main: makeContainer(workload) },
    needs: Object.fromEntries(
      (workload.needs ?? []).map((uid) => [uid.split('.')[0] ?? '', { name: uid, type: uid, class: 'default', metadata: {}, place }]),
    ),
  };
  return { ...parts, origin: { file: `${name}.yaml`, document: 0 }, digest: digestOf(parts) };
}

function makeMatch(name: string): Match {
  return { name, tier: 'configured', criterion: { class: 'default', isFinal: false, place }, digest: digestOf(name) };
}

export function makeRequest(world: World, state: EnvironmentState = emptyState, changes: Partial<BuildPlanRequest> = {}): BuildPlanRequest {
  return {
    context,
    graph: makeGraph(world),
    desired: makeDesired(world),
    state,
    target: { name: 'files', type: 'directory', inputs: { path: 'out' } },
    command: { workloads: Object.keys(world.workloads), remove: [], isWhole: false, deleteResources: [], rebind: [] },
    changed: { areValuesChanged: false, isReleaseChanged: false },
    release: 1,
    ...changes,
  };
}

function makeGraph(world: World): ResourceGraph {
  const resources = Object.entries(world.resources ?? {}).map(([id, resource]) => makeResourceNode(brand(id), resource));
  const workloads = Object.entries(world.workloads).map(([name, workload]) => makeWorkloadNode(name, workload));
  const nodes = [...resources, ...workloads].toSorted((left, right) => (left.uid < right.uid ? -1 : 1));
  return {
    order: [...nodes.filter(({ kind }) => kind === 'resource'), ...nodes.filter(({ kind }) => kind === 'workload')].map(({ uid }) => uid),
    nodes: Object.fromEntries(nodes.map((node) => [node.uid, node])),
    digest: digestOf(nodes.map(({ uid }) => uid)),
  };
}

function makeResourceNode(uid: Uid, { definition = 'plain', boundTo, owner = 'web' }: WorldResource): GraphNode {
  const [type = '', id = ''] = uid.split('.default#');
  const need = { name: type, type, class: 'default', id, metadata: {}, place };
  return {
    kind: 'resource',
    uid,
    type,
    class: 'default',
    id,
    dependsOn: [],
    needs: [{ owner: { kind: 'workload', name: owner }, need }],
    params: {},
    paramsFrom: { kind: 'none' },
    siblings: {},
    metadata: {},
    references: [],
    match: makeMatch(boundTo ?? definition),
    ...(boundTo !== undefined && { rebind: makeMatch(definition) }),
  };
}

function makeWorkloadNode(workload: string, { needs = [] }: WorldWorkload): GraphNode {
  return { kind: 'workload', uid: makeWorkloadUid(workload), workload, dependsOn: needs, match: makeMatch('web'), resources: {} };
}

function makeDesired(world: World): Desired {
  return {
    objects: world.objects ?? [],
    resources: Object.fromEntries(Object.entries(world.resources ?? {}).map(([uid, resource]) => [uid, makeResourceDesire(resource)])),
    workloads: Object.fromEntries(Object.entries(world.workloads).map(([name, workload]) => [name, makeWorkloadDesire(name, workload)])),
  };
}

function makeResourceDesire({
  driver = 'template',
  isStateful = false,
  onRemove,
  inputs = {},
  objects = [],
}: WorldResource): ResourceDesire {
  return { driver, isStateful, ...(onRemove && { onRemove }), inputs, inputsDigest: digestOf(inputs), objects };
}

function makeWorkloadDesire(name: string, workload: WorldWorkload): WorkloadDesire {
  const body = { spec: { image: workload.image ?? 'web:1', env: workload.variables ?? {} }, kind: 'Deployment', apiVersion: 'apps/v1' };
  return {
    declared: makeDeclared(name, workload),
    profile: 'web',
    objects: workload.objects ?? [makeObject(makeWorkloadUid(name), name, body)],
  };
}

/** The simplest machine that carries a plan out: it does to a state what the plan says. */
export function carryOut(plan: Plan, request: BuildPlanRequest): EnvironmentState {
  const done = new Map(plan.changes.map((change) => [nameSubject(change.subject), change.action]));
  const actionOf = (subject: Parameters<typeof nameSubject>[0]) => done.get(nameSubject(subject));
  const { state, desired, graph } = request;
  const resources: Record<string, ResourceState> = {};
  for (const [uid, last] of Object.entries(state.resources)) {
    const action = actionOf({ kind: 'resource', uid: last.uid });
    if (action === 'delete') continue;
    resources[uid] = action === 'retain' ? { ...last, status: 'retained' } : last;
  }
  for (const [uid, desire] of Object.entries(desired.resources)) resources[uid] = makeResourceState(uid, desire, graph);
  const workloads: Record<string, WorkloadState> = {};
  for (const [name, { declared, profile }] of Object.entries(desired.workloads)) {
    const dependsOn = graph.nodes[makeWorkloadUid(name)]?.dependsOn ?? [];
    workloads[name] = { name, declared, profile, status: 'ready', dependsOn };
  }
  const objects: Record<string, ObjectState> = {};
  for (const [key, last] of Object.entries(state.objects)) {
    if (actionOf({ kind: 'object', key: last.key, node: last.node }) !== 'delete') objects[key] = last;
  }
  for (const object of listDesired(desired)) objects[object.key] = object;
  return { revision: state.revision + 1, target: request.target, resources, workloads, objects };
}

export function listDesired(desired: Desired): readonly RenderedObject[] {
  return [
    desired.objects,
    ...[...Object.values(desired.resources), ...Object.values(desired.workloads)].map(({ objects }) => objects),
  ].flat();
}

function makeResourceState(id: string, desire: ResourceDesire, graph: ResourceGraph): ResourceState {
  const uid = brand(id);
  const node = graph.nodes[uid];
  const match = node?.kind === 'resource' ? node.match : makeMatch('');
  const { driver, isStateful, onRemove, inputs, inputsDigest } = desire;
  return {
    uid,
    type: id.split('.')[0] ?? '',
    class: 'default',
    id: id.split('#')[1] ?? '',
    definition: { name: match.name, digest: match.digest },
    driver,
    isStateful,
    ...(onRemove && { onRemove }),
    status: 'ready',
    inputsDigest,
    inputs,
    outputs: {},
    state: {},
    dependsOn: [],
  };
}

function brand(uid: string): Uid {
  const [type = '', id = ''] = uid.split('.default#');
  return makeUid({ type, id });
}
