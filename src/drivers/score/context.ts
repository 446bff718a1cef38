import type { DriverRequest, JsonObject, ServicePort } from '../../core/index.ts';

/** What a provisioner is told, in the words of both tools. */
export interface ProvisionerContext {
  readonly uid: string;
  readonly guid: string;
  readonly type: string;
  readonly class: string;
  readonly id: string;
  readonly params: JsonObject;
  readonly metadata: JsonObject;
  readonly state: JsonObject;
  readonly shared: JsonObject;
  readonly sourceWorkload: string;
  readonly workloadMetadata: JsonObject;
  readonly services: Readonly<Record<string, WorkloadService>>;
  readonly namespace: string;
  readonly project: string;
  readonly mountsDirectory: string;
}

export interface WorkloadService {
  readonly name: string;
  /** By name, and by the number as text where no port has that for its name. */
  readonly ports: Readonly<Record<string, NamedPort>>;
}

export interface NamedPort extends ServicePort {
  readonly name: string;
}

/** Where files of provisioners lie, as seen from the Compose file. */
const mountsDirectory = './files';

/** Gathers what a provisioner is told; params, state and shared state have been opened before. */
export function makeContext(
  { context, resource, surroundings }: DriverRequest,
  { params, state, shared }: Pick<ProvisionerContext, 'params' | 'state' | 'shared'>,
): ProvisionerContext {
  const { source, workloads } = surroundings;
  return {
    uid: resource.uid,
    guid: resource.guid,
    type: resource.type,
    class: resource.class,
    id: resource.id,
    params,
    metadata: resource.metadata,
    state,
    shared,
    sourceWorkload: source?.workload ?? '',
    workloadMetadata: source?.metadata ?? {},
    services: describeServices(workloads),
    namespace: surroundings.namespace,
    project: context.slug,
    mountsDirectory,
  };
}

const servicesByWorkloads = new WeakMap<object, ProvisionerContext['services']>();

function describeServices(workloads: DriverRequest['surroundings']['workloads']): ProvisionerContext['services'] {
  const known = servicesByWorkloads.get(workloads);
  if (known) return known;
  const entries = Object.entries(workloads).map(([name, ports]) => [name, { name, ports: describePorts(ports) }] as const);
  const services = Object.fromEntries(entries);
  servicesByWorkloads.set(workloads, services);
  return services;
}

function describePorts(ports: Readonly<Record<string, ServicePort>>): WorkloadService['ports'] {
  const named = Object.entries(ports)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, port]) => [name, { name, ...port }] as const);
  const numbered = named.toReversed().map(([, port]) => [String(port.port), port] as const);
  return { ...Object.fromEntries(numbered), ...Object.fromEntries(named) };
}
