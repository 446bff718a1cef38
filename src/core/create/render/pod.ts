import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { quote } from '../../diagnostics/quote.ts';
import { compareText } from '../../model/compare.ts';
import type { Unknown, Value, ValueObject } from '../../model/value.ts';
import type { ResolvedContainer } from '../resolve/resolve-workload.ts';
import { renderProbe, writeContainer } from './container.ts';
import { commonLabels } from './labels.ts';
import { findRepeated, isList, mapOf, memberOf, textOf } from './make-object.ts';
import { below, containerTemplate, extraContainers, writeValue, type ProfileWriter } from './profile-writer.ts';
import type { RenderWorkloadRequest } from './render-workload.ts';
import type { SecretBin } from './secret-env.ts';
import { orderStart, type StartOrder } from './start-order.ts';
import type { Storage } from './storage.ts';

export interface PodRequest {
  readonly request: RenderWorkloadRequest;
  /** What the profile says of the pod. */
  readonly template: ValueObject;
  /** Where it stands in the base. */
  readonly pointer: string;
  readonly selector: ValueObject;
  readonly bin: SecretBin;
  readonly storage: Storage;
}

/** Writes the containers, files and volumes of a workload into the pod template of its profile. */
export function renderPodTemplate(pod: PodRequest, writer: ProfileWriter): ValueObject {
  const { template } = pod;
  const metadata = renderPodMetadata(pod, mapOf(template['metadata']), writer);
  return { ...template, metadata, spec: renderPodSpec(pod, mapOf(template['spec']), writer) };
}

function renderPodMetadata(pod: PodRequest, base: ValueObject, writer: ProfileWriter): ValueObject {
  const { declared } = pod.request.resolved;
  const place: Place = { ...declared.origin, path: ['metadata', 'annotations'] };
  const at = { pointer: `${pod.pointer}/metadata/annotations`, place };
  const known = mapOf(base['annotations']);
  const annotations: Record<string, Value> = { ...known };
  for (const [key, text] of Object.entries(declared.annotations)) {
    if (!key.startsWith('tutti.dev/')) annotations[key] = writeValue(writer, memberOf(known, key), text, below(at, key));
  }
  return {
    ...base,
    labels: { ...commonLabels(pod.request.context), ...mapOf(base['labels']), ...pod.selector },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

function renderPodSpec(pod: PodRequest, base: ValueObject, writer: ProfileWriter): ValueObject {
  const { declared, containers: resolved } = pod.request.resolved;
  const order = orderStart(declared.containers, { ...declared.origin, path: [] }, writer.diagnostics);
  const template = containerTemplate(base);
  const render = (name: string): readonly ValueObject[] => {
    const container = resolved[name];
    return container ? [renderContainer(pod, { name, container, template, order }, writer)] : [];
  };
  const main = Object.keys(resolved)
    .filter((name) => order.roles[name] === 'main')
    .toSorted(compareText)
    .flatMap(render);
  const early = order.before.flatMap(render);
  const { containers: _, initContainers: __, volumes: own, ...rest } = base;
  const volumes = [...(isList(own) ? own : []), ...pod.storage.volumes];
  const initContainers = [...extraContainers(base, 'initContainers'), ...early];
  const containers = [...main, ...extraContainers(base, 'containers')];
  writer.diagnostics.push(...findTwins([...initContainers, ...containers], volumes, pod));
  return {
    ...rest,
    ...(initContainers.length > 0 && { initContainers }),
    containers,
    ...(volumes.length > 0 && { volumes }),
  };
}

/** Names that both the profile and the workload use. */
function findTwins(containers: readonly Value[], volumes: readonly (Value | Unknown)[], pod: PodRequest): readonly Diagnostic[] {
  const { profile, resolved } = pod.request;
  const place: Place = { ...resolved.declared.origin, path: ['containers'] };
  return Object.entries({ container: containers, volume: volumes }).flatMap(([what, list]) => {
    const names = list.map((each) => textOf(mapOf(each)['name'])).filter((name) => name !== '');
    return findRepeated(names).map((name) =>
      diagnose('T4105', { detail: `The profile "${profile.name}" has a ${what} ${quote(name)} of its own already.`, place }),
    );
  });
}

interface ContainerParts {
  readonly name: string;
  readonly container: ResolvedContainer;
  readonly template: ValueObject;
  readonly order: StartOrder;
}

function renderContainer(pod: PodRequest, parts: ContainerParts, writer: ProfileWriter): ValueObject {
  const { name, container, template, order } = parts;
  const place: Place = { ...pod.request.resolved.declared.origin, path: ['containers', name] };
  const mounts = pod.storage.mounts[name] ?? [];
  const pointer = `${pod.pointer}/spec/containers/*`;
  const written = writeContainer({ name, container, template, mounts, bin: pod.bin, pointer, place }, writer);
  const role = order.roles[name];
  if (role === 'main') return { name, ...written };
  if (role === 'init') return { name, ...withoutProbes(written, parts, { writer, place }) };
  const probe = order.healthy.has(name) ? container.declared.readinessProbe : undefined;
  return {
    name,
    ...written,
    restartPolicy: 'Always',
    ...(probe && { startupProbe: { ...renderProbe(probe), periodSeconds: 2, failureThreshold: 60 } }),
  };
}

/** Kubernetes takes no probes for a container that ends before the others start. Reports: T4118. */
function withoutProbes(
  written: ValueObject,
  { name, container }: ContainerParts,
  { writer, place }: { readonly writer: ProfileWriter; readonly place: Place },
): ValueObject {
  const { livenessProbe: _, readinessProbe: __, ...rest } = written;
  for (const key of ['livenessProbe', 'readinessProbe'] as const) {
    if (!container.declared[key]) continue;
    const detail = `"${name}" completes before others start; Kubernetes asks such a container nothing, so \`${key}\` is left out.`;
    writer.diagnostics.push(diagnose('T4118', { detail, place: { ...place, path: [...place.path, key] } }));
  }
  return rest;
}
