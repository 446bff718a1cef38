import {
  listSecretOutputs,
  type DeclaredWorkload,
  type Driver,
  type DriverRequest,
  type DriverSecrets,
  type DriverSurroundings,
  type ResolvedResource,
  type ResourceNode,
  type Uid,
} from '../../core/index.ts';
import type { PrepareInputs } from './prepared.ts';
import type { Walk } from './resolve-node.ts';

/** What drivers reach secrets and time through. */
export type DriverMeans = Pick<PrepareInputs, 'seeds' | 'reveal' | 'now' | 'signal'>;

export interface DriverCall {
  readonly node: ResourceNode;
  readonly resolved: ResolvedResource;
  readonly driver: Pick<Driver, 'readsSurroundings'>;
  readonly walk: Walk;
}

/** What the driver of a resource is told. */
export function describeCall({ node, resolved, driver, walk }: DriverCall): Omit<DriverRequest, 'secrets' | 'signal'> {
  const { identity, params, inputs } = resolved;
  return {
    context: walk.bound.context,
    resource: identity,
    params,
    inputs,
    state: walk.completed?.[node.uid] ?? (walk.state.resources[node.uid] ?? walk.state.imported?.[node.uid])?.state ?? {},
    shared: driver.readsSurroundings ? walk.shared.value : {},
    surroundings: driver.readsSurroundings ? describeSurroundings(node, walk) : describeNothing(walk.bound.namespace),
  };
}

function describeSurroundings(node: ResourceNode, { resolve, bound }: Walk): DriverSurroundings {
  const source = findSource(node, resolve.workloads);
  return {
    namespace: bound.namespace,
    ...(source && { source: { workload: source.name, metadata: source.metadata } }),
    workloads: portsOf(resolve.workloads),
    values: resolve.environment.values,
    secretOutputs: listSecretOutputs(resolve.platform, node.type),
  };
}

/** For a resource that nobody asks for any more, and for a driver that does not look around. */
export function describeNothing(namespace: string): DriverSurroundings {
  return { namespace, workloads: {}, values: {}, secretOutputs: [] };
}

const portsByWorkloads = new WeakMap<object, DriverSurroundings['workloads']>();

function portsOf(workloads: Readonly<Record<string, DeclaredWorkload>>): DriverSurroundings['workloads'] {
  const known = portsByWorkloads.get(workloads);
  if (known) return known;
  const ports = Object.fromEntries(Object.values(workloads).map((workload) => [workload.name, workload.ports]));
  portsByWorkloads.set(workloads, ports);
  return ports;
}

/** The workload whose params count; without params the first that asks. */
function findSource({ paramsFrom, needs }: ResourceNode, workloads: Readonly<Record<string, DeclaredWorkload>>) {
  if (paramsFrom.kind === 'score') return workloads[paramsFrom.workload];
  const names = needs.flatMap(({ owner }) => (owner.kind === 'workload' ? [owner.name] : []));
  const [first] = names.toSorted();
  return first === undefined ? undefined : workloads[first];
}

/** What a driver keeps secrets with, for one resource. */
export function lendSecrets(uid: Uid, { seeds, reveal, now }: DriverMeans): DriverSecrets {
  return {
    seal: (text) => seeds.seal(uid, text),
    reveal,
    seed: (name) => seeds.seedOf(uid, name),
    firstPlanned: () => seeds.keep(uid, '@first-planned', () => now),
  };
}
