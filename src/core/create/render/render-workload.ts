import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose, hasErrors } from '../../diagnostics/report.ts';
import { evaluate } from '../../expressions/evaluate.ts';
import type { DeploymentContext } from '../../model/context.ts';
import type { ProfileFormat, WorkloadProfile } from '../../model/platform.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Uid } from '../../model/uid.ts';
import { isUnknown, isValueObject, type Unknown, type Value, type ValueObject } from '../../model/value.ts';
import { findMark } from '../../expressions/values.ts';
import { digestValue } from '../for-digest.ts';
import type { EnvironmentScope } from '../resolve/environment-scope.ts';
import type { ResolvedWorkload } from '../resolve/resolve-workload.ts';
import { containerFields, renderProbe } from './container.ts';
import { podTemplatePath } from './kinds.ts';
import { commonAnnotations, commonLabels, selectorLabels } from './labels.ts';
import { makeObject, mapOf, textOf, valueAt, withValue } from './make-object.ts';
import { containerTemplate, extraContainers, writeContainer, type ProfileWriter } from './profile-writer.ts';
import { openSecretBin, secretOfBin, type SecretBin } from './secret-env.ts';
import { renderService } from './service.ts';
import { orderStart, type StartOrder } from './start-order.ts';
import { layOutStorage, type Storage } from './storage.ts';

export interface RenderWorkloadRequest {
  readonly node: Uid;
  readonly resolved: ResolvedWorkload;
  readonly profile: WorkloadProfile;
  readonly context: DeploymentContext;
  readonly environment: EnvironmentScope;
  readonly namespace: string;
}

/**
 * Renders a workload through its profile.
 * Rule: the profile gives the workload object, Score's fields are written into it as far as it allows; files become a
 * ConfigMap or a Secret, ports a Service. The same input gives the same bytes.
 * Reports: T3101–T3107 from the profile, T4105–T4107.
 */
export function renderWorkload(request: RenderWorkloadRequest): Outcome<readonly RenderedObject[]> {
  const { profile, context } = request;
  const format = profile.formats[context.format];
  if (!format || context.format !== 'kubernetes') return { diagnostics: [noFormat(request)] };
  const base = evaluateBase(request, format);
  if (!isValueObject(base.value)) return { diagnostics: base.diagnostics };
  const writer: ProfileWriter = { profile: profile.name, format, diagnostics: [...base.diagnostics] };
  const objects = renderKubernetes(request, base.value, writer);
  return hasErrors(writer.diagnostics) ? { diagnostics: writer.diagnostics } : { value: objects, diagnostics: writer.diagnostics };
}

function noFormat({ profile, context, resolved }: RenderWorkloadRequest): Diagnostic {
  const known = Object.keys(profile.formats).toSorted().join(', ') || 'none';
  return diagnose('T4106', {
    detail: `The profile "${profile.name}" of the workload "${resolved.declared.name}" has no base for the format "${context.format}"; it has: ${known}.`,
    place: { ...resolved.declared.origin, path: ['metadata'] },
  });
}

function evaluateBase(request: RenderWorkloadRequest, format: ProfileFormat): Outcome<Value> {
  const { declared } = request.resolved;
  const { name, annotations, metadata } = declared;
  const scope = {
    workload: { name, annotations, metadata },
    context: request.environment.context,
    target: request.environment.target,
    workloads: request.environment.workloads,
  };
  return evaluate(format.base, scope, { ...request.profile.place, path: ['spec', request.context.format, 'base'] });
}

function renderKubernetes(
  request: RenderWorkloadRequest,
  base: ValueObject,
  writer: ProfileWriter,
): readonly RenderedObject[] {
  const { resolved, context, node, namespace } = request;
  const { name } = resolved.declared;
  const labels = { ...commonLabels(context), 'app.kubernetes.io/name': name };
  const metadata: ValueObject = { name, namespace, labels, annotations: commonAnnotations(context, node) };
  const bin = openSecretBin(`${name}-env`);
  const storage = layOutStorage(resolved, metadata);
  const workload = renderWorkloadObject(request, base, writer, { metadata, bin, storage });
  const secret = secretOfBin(bin, metadata);
  const bodies = [...storage.objects, ...(secret ? [secret] : []), ...renderService(request, textOf(base['kind']), metadata)];
  const hash = hashOf([...storage.objects, ...(secret ? [secret] : [])]);
  const template = podTemplatePath(textOf(base['kind'])) ?? [];
  const hashed = hash === undefined ? workload : withValue(workload, [...template, 'metadata', 'annotations', 'tutti.dev/config-hash'], hash);
  return [...bodies, hashed].map((body) => makeObject(node, body));
}

/** Over all that the workload reads: a change of any of it restarts the pods. Unknown as long as a part of it is. */
function hashOf(objects: readonly ValueObject[]): string | Unknown | undefined {
  if (objects.length === 0) return undefined;
  const unknown = objects.map(findMark).find(isUnknown);
  return unknown ?? digestValue(objects).slice(0, 16);
}

interface Parts {
  readonly metadata: ValueObject;
  readonly bin: SecretBin;
  readonly storage: Storage;
}

function renderWorkloadObject(
  request: RenderWorkloadRequest,
  base: ValueObject,
  writer: ProfileWriter,
  parts: Parts,
): ValueObject {
  const { declared } = request.resolved;
  const kind = textOf(base['kind']);
  const path = podTemplatePath(kind) ?? ['spec', 'template'];
  const order = orderStart(declared.containers, { ...declared.origin, path: [] }, writer.diagnostics);
  const template = mapOf(valueAt(base, path));
  const podSpec = renderPodSpec(request, mapOf(template['spec']), writer, { ...parts, order, pointer: `/${[...path, 'spec'].join('/')}` });
  const selector = selectorLabels(request.context, declared.name);
  const podMetadata = renderPodMetadata(request, mapOf(template['metadata']), selector);
  const body: ValueObject = { ...base, metadata: { ...mapOf(base['metadata']), ...parts.metadata } };
  const full = withValue(body, path, { ...template, metadata: podMetadata, spec: podSpec });
  return writeKindFields(full, kind, { selector, storage: parts.storage, name: declared.name });
}

function writeKindFields(
  body: ValueObject,
  kind: string,
  parts: { readonly selector: ValueObject; readonly storage: Storage; readonly name: string },
): ValueObject {
  if (kind === 'Job' || kind === 'CronJob') return body;
  const selected = withValue(body, ['spec', 'selector'], { matchLabels: parts.selector });
  if (kind !== 'StatefulSet') return selected;
  const named = withValue(selected, ['spec', 'serviceName'], `${parts.name}-headless`);
  if (parts.storage.claimTemplates.length === 0) return named;
  return withValue(named, ['spec', 'volumeClaimTemplates'], parts.storage.claimTemplates);
}

function renderPodMetadata(request: RenderWorkloadRequest, base: ValueObject, selector: ValueObject): ValueObject {
  const own = Object.entries(request.resolved.declared.annotations).filter(([key]) => !key.startsWith('tutti.dev/'));
  const annotations = { ...mapOf(base['annotations']), ...Object.fromEntries(own) };
  return {
    ...base,
    labels: { ...mapOf(base['labels']), ...commonLabels(request.context), ...selector },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

interface PodParts extends Parts {
  readonly order: StartOrder;
  readonly pointer: string;
}

function renderPodSpec(
  request: RenderWorkloadRequest,
  base: ValueObject,
  writer: ProfileWriter,
  parts: PodParts,
): ValueObject {
  const names = Object.keys(request.resolved.containers).toSorted();
  const render = (name: string): ValueObject => renderContainer(request, name, writer, { ...parts, template: containerTemplate(base) });
  const main = names.filter((name) => parts.order.roles[name] === 'main').map(render);
  const early = parts.order.before.map(render);
  const { containers: _, initContainers: __, volumes: own, ...rest } = base;
  const volumes = [...(Array.isArray(own) ? own : []), ...parts.storage.volumes];
  const initContainers = [...extraContainers(base, 'initContainers'), ...early];
  return {
    ...rest,
    ...(initContainers.length > 0 && { initContainers }),
    containers: [...main, ...extraContainers(base, 'containers')],
    ...(volumes.length > 0 && { volumes }),
  };
}

function renderContainer(
  request: RenderWorkloadRequest,
  name: string,
  writer: ProfileWriter,
  parts: PodParts & { readonly template: ValueObject },
): ValueObject {
  const container = request.resolved.containers[name];
  if (!container) return { name };
  const place: Place = { ...request.resolved.declared.origin, path: ['containers', name] };
  const fields = containerFields(name, container, { bin: parts.bin, mounts: parts.storage.mounts[name] ?? [] });
  const written = writeContainer(writer, { base: parts.template, fields, pointer: `${parts.pointer}/containers/*`, place });
  const role = parts.order.roles[name];
  if (role === 'main') return { name, ...written };
  // An init container that ends has no probes; one that stays may have a startup probe, which others wait for.
  const { livenessProbe, readinessProbe, ...plain } = written;
  if (role === 'init') return { name, ...plain };
  const probe = container.declared.readinessProbe;
  return {
    name,
    ...plain,
    ...(livenessProbe !== undefined && { livenessProbe }),
    ...(readinessProbe !== undefined && { readinessProbe }),
    restartPolicy: 'Always',
    ...(parts.order.healthy.has(name) && probe && { startupProbe: { ...renderProbe(probe), periodSeconds: 2, failureThreshold: 60 } }),
  };
}
