import type { Container, ContainerFile, DeclaredWorkload, Need } from '../../model/workload.ts';
import type { JsonObject } from '../../model/value.ts';
import { defaultClass } from '../../model/uid.ts';

/** A workload as its Score file says it, with every default filled in: what patch templates see. */
export function describeScore(workload: DeclaredWorkload): JsonObject {
  const { metadata, ports, containers, needs } = workload;
  return {
    apiVersion: 'score.dev/v1b1',
    metadata,
    ...(Object.keys(ports).length > 0 && { service: { ports: mapValues(ports, (port) => ({ ...port })) } }),
    containers: mapValues(containers, describeContainer),
    ...(Object.keys(needs).length > 0 && { resources: mapValues(needs, describeNeed) }),
  };
}

function describeContainer(container: Container): JsonObject {
  const { image, command, args, variables, files, volumes, before, limits, requests, livenessProbe, readinessProbe } = container;
  const amounts = { ...(isFilled(limits) && { limits: { ...limits } }), ...(isFilled(requests) && { requests: { ...requests } }) };
  return {
    image,
    ...(command && { command }),
    ...(args && { args }),
    ...(isFilled(variables) && { variables }),
    ...(isFilled(files) && { files: mapValues(files, describeFile) }),
    ...(isFilled(volumes) && {
      volumes: mapValues(volumes, ({ source, path, isReadOnly }) => ({
        source,
        ...(path !== undefined && { path }),
        ...(isReadOnly && { readOnly: true }),
      })),
    }),
    ...(isFilled(before) && { before: mapValues(before, (each) => ({ ...each })) }),
    ...(isFilled(amounts) && { resources: amounts }),
    ...(livenessProbe && { livenessProbe: describeProbe(livenessProbe) }),
    ...(readinessProbe && { readinessProbe: describeProbe(readinessProbe) }),
  };
}

function describeProbe({ httpGet, exec }: NonNullable<Container['livenessProbe']>): JsonObject {
  return {
    ...(httpGet && { httpGet: { ...httpGet, httpHeaders: httpGet.httpHeaders.map((header) => ({ ...header })) } }),
    ...(exec && { exec: { command: exec.command } }),
  };
}

function describeFile(file: ContainerFile): JsonObject {
  const mode = file.mode === undefined ? {} : { mode: file.mode };
  return file.kind === 'bytes'
    ? { binaryContent: file.base64, ...mode }
    : { content: file.text, ...(!file.isExpanded && { noExpand: true }), ...mode };
}

function describeNeed({ type, class: className, id, params, metadata }: Need): JsonObject {
  return {
    type,
    ...(className !== defaultClass && { class: className }),
    ...(id !== undefined && { id }),
    ...(isFilled(metadata) && { metadata }),
    ...(params && { params }),
  };
}

function isFilled(map: object): boolean {
  return Object.keys(map).length > 0;
}

function mapValues<T>(map: Readonly<Record<string, T>>, describe: (value: T) => JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, describe(value)]));
}
