import type { Json, JsonObject } from '../../../core/index.ts';
import type { ProvisionerContext, WorkloadService } from '../context.ts';
import { isMap, mergePatch } from '../merge-patch.ts';
import { makeFragment, type Provisioned } from '../provisioned.ts';

type Format = 'kubernetes' | 'compose';

/** What a program reads from standard input: the fields that both tools send, and those that the tool of this format adds. */
export function describeForProgram(context: ProvisionerContext, format: Format): JsonObject {
  return {
    resource_uid: context.uid,
    resource_type: context.type,
    resource_class: context.class,
    resource_id: context.id,
    resource_params: context.params,
    resource_metadata: context.metadata,
    source_workload: context.sourceWorkload,
    workload_services: Object.fromEntries(Object.entries(context.services).map(([name, service]) => [name, describeService(service)])),
    resource_state: context.state,
    shared_state: context.shared,
    ...(format === 'kubernetes'
      ? { resource_guid: context.guid, workload_metadata: context.workloadMetadata, namespace: context.namespace }
      : { compose_project_name: context.project, mount_directory_path: context.mountsDirectory }),
  };
}

/** `ServiceName` is written so by both tools. */
function describeService({ name, ports }: WorkloadService): JsonObject {
  const entries = Object.entries(ports).map(
    ([key, port]) => [key, { name: port.name, port: port.port, target_port: port.targetPort, protocol: port.protocol }] as const,
  );
  return { ServiceName: name, ports: Object.fromEntries(entries) };
}

const commonFields = ['resource_state', 'resource_outputs', 'shared_state'] as const;
const composeFields = [
  'relative_directories',
  'relative_file_contents',
  'compose_networks',
  'compose_volumes',
  'compose_services',
  'compose_models',
] as const;

export type ReadAnswer = { readonly value: Provisioned } | { readonly problem: string };

/** Reads what a program answered: one JSON object with the fields of the tool of this format. */
export function readAnswer(text: string, context: ProvisionerContext, format: Format): ReadAnswer {
  const answer = parse(text);
  if (answer === undefined) return { problem: 'what it wrote is no JSON object' };
  const known: readonly string[] = [...commonFields, ...(format === 'kubernetes' ? ['manifests'] : composeFields)];
  const unknown = Object.keys(answer).filter((key) => !known.includes(key) && answer[key] !== null);
  if (unknown.length > 0) {
    return {
      problem: `it answered with ${unknown.map((key) => `"${key}"`).join(', ')}, which ${format} does not know; known: ${known.join(', ')}`,
    };
  }
  const misshapen = [...commonFields, ...composeFields].filter((key) => !isAbsent(answer[key]) && !isMap(answer[key]));
  if (misshapen.length > 0) return { problem: `"${misshapen[0]}" of its answer is no map` };
  const manifests = format === 'kubernetes' ? readManifests(answer['manifests']) : readFragment(answer);
  if (!manifests) return { problem: '"manifests" of its answer is no list of maps' };
  const shared = mergePatch(context.shared, mapOf(answer['shared_state']));
  return { value: { state: mapOf(answer['resource_state']), outputs: mapOf(answer['resource_outputs']), shared, manifests, notes: [] } };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text, (key, each: Json) => (key === '__proto__' || key === '$tutti' ? undefined : each));
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readManifests(value: Json | undefined): readonly JsonObject[] | undefined {
  if (isAbsent(value)) return [];
  return Array.isArray(value) && value.every(isMap) ? value.filter(isMap) : undefined;
}

function readFragment(answer: JsonObject): readonly JsonObject[] {
  return makeFragment({
    services: mapOf(answer['compose_services']),
    volumes: mapOf(answer['compose_volumes']),
    networks: mapOf(answer['compose_networks']),
    models: mapOf(answer['compose_models']),
    files: mapOf(answer['relative_file_contents']),
    directories: mapOf(answer['relative_directories']),
  });
}

function isAbsent(value: Json | undefined): value is null | undefined {
  return value === undefined || value === null;
}

function mapOf(value: Json | undefined): JsonObject {
  return isMap(value) ? value : {};
}
