import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose, settle } from '../../diagnostics/report.ts';
import { evaluate } from '../../expressions/evaluate.ts';
import { findMark } from '../../expressions/values.ts';
import type { DeploymentContext } from '../../model/context.ts';
import type { ProfileFormat, WorkloadProfile } from '../../model/platform.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Uid } from '../../model/uid.ts';
import { isUnknown, isValueObject, type Unknown, type Value, type ValueObject } from '../../model/value.ts';
import { digestValue } from '../for-digest.ts';
import type { EnvironmentScope } from '../resolve/environment-scope.ts';
import type { ResolvedWorkload } from '../resolve/resolve-workload.ts';
import { fitName } from '../slug.ts';
import { checkBase, checkKindFields } from './check-workload.ts';
import { hasSelector, podTemplatePath } from './kinds.ts';
import { commonAnnotations, commonLabels, selectorLabels } from './labels.ts';
import { findLooseSecrets } from './loose-secrets.ts';
import { makeObjects, mapOf, textOf, valueAt, withValue } from './make-object.ts';
import { renderPodTemplate } from './pod.ts';
import type { ProfileWriter } from './profile-writer.ts';
import { extractSecretEnv, openSecretBin, secretOfBin, type SecretBin } from './secret-env.ts';
import { nameHeadless, renderService } from './service.ts';
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
 * ConfigMap or a Secret, variables with a secret in them a Secret, ports a Service. A pure function of the request: the
 * same input gives the same bytes, whatever the order of its keys.
 * Shape: one workload in, its objects out; linear.
 * Reports: T3101–T3107 from the profile, T4101, T4103, T4105–T4108, T4110, T4115–T4118.
 */
export function renderWorkload(request: RenderWorkloadRequest): Outcome<readonly RenderedObject[]> {
  const { profile, context } = request;
  const format = profile.formats[context.format];
  if (!format || context.format !== 'kubernetes') return { diagnostics: [noFormat(request)] };
  const base = evaluateBase(request, format);
  if (!isValueObject(base.value)) return { diagnostics: base.diagnostics };
  const problems = checkBase(base.value, request);
  if (problems.length > 0) return { diagnostics: problems };
  const writer: ProfileWriter = { profile: profile.name, format, diagnostics: [...base.diagnostics] };
  const objects = renderKubernetes(request, base.value, writer);
  return settle(objects, writer.diagnostics);
}

function noFormat({ profile, context, resolved }: RenderWorkloadRequest): Diagnostic {
  const known = Object.keys(profile.formats).toSorted().join(', ') || 'none';
  return diagnose('T4106', {
    detail: `The format "${context.format}" is not supported yet by the profile "${profile.name}" of the workload "${resolved.declared.name}"; supported: ${known}.`,
    place: { ...resolved.declared.origin, path: ['metadata'] },
  });
}

function evaluateBase(request: RenderWorkloadRequest, format: ProfileFormat): Outcome<Value> {
  const { declared } = request.resolved;
  const { name, annotations, metadata } = declared;
  const { context, target, workloads } = request.environment;
  const scope = { workload: { name, annotations, metadata }, context, target, workloads };
  const outcome = evaluate(format.base, scope, basePlace(request));
  // The profile stands in the platform; which workload makes it fail has to be said besides.
  const related = { message: `rendered for the workload "${name}"`, place: { ...declared.origin, path: ['metadata', 'name'] } };
  const diagnostics = outcome.diagnostics.map((each) => ({ ...each, related: [...each.related, related] }));
  return { ...outcome, diagnostics };
}

function basePlace({ profile, context }: RenderWorkloadRequest): Place {
  return { ...profile.place, path: ['spec', context.format, 'base'] };
}

function renderKubernetes(request: RenderWorkloadRequest, base: ValueObject, writer: ProfileWriter): readonly RenderedObject[] {
  const { resolved, context, node, namespace } = request;
  const { name } = resolved.declared;
  const kind = textOf(base['kind']);
  const labels = { ...commonLabels(context), 'app.kubernetes.io/name': name };
  const metadata: ValueObject = { name, namespace, labels, annotations: commonAnnotations(context, node) };
  const bin = openSecretBin(`${name}-env`);
  const storage = layOutStorage(resolved, metadata);
  writer.diagnostics.push(...checkKindFields(base, request, storage));
  const workload = renderWorkloadObject(request, base, writer, { metadata, bin, storage });
  writer.diagnostics.push(...findLooseSecrets(workload, basePlace(request)));
  const secret = secretOfBin(bin, metadata);
  const read = [...storage.objects, ...(secret ? [secret] : [])];
  const bodies = [...read, ...renderService(request, kind, metadata), withHash(workload, kind, hashOf(read))];
  const { objects, diagnostics } = makeObjects(node, bodies);
  writer.diagnostics.push(...diagnostics);
  return objects;
}

function withHash(workload: ValueObject, kind: string, hash: string | Unknown | undefined): ValueObject {
  if (hash === undefined) return workload;
  return withValue(workload, [...templatePath(kind), 'metadata', 'annotations', 'tutti.dev/config-hash'], hash);
}

/** Over all that the workload reads: a change of any of it restarts the pods. Unknown as long as a part of it is. */
function hashOf(objects: readonly ValueObject[]): string | Unknown | undefined {
  if (objects.length === 0) return undefined;
  const mark = findMark(objects);
  return isUnknown(mark) ? mark : digestValue(objects).slice(0, 16);
}

/** Kinds that tutti does not know are taken to have their pods where a Deployment has them. */
function templatePath(kind: string): readonly string[] {
  return podTemplatePath(kind) ?? ['spec', 'template'];
}

interface Parts {
  readonly metadata: ValueObject;
  readonly bin: SecretBin;
  readonly storage: Storage;
}

function renderWorkloadObject(request: RenderWorkloadRequest, base: ValueObject, writer: ProfileWriter, parts: Parts): ValueObject {
  const { name } = request.resolved.declared;
  const kind = textOf(base['kind']);
  const path = templatePath(kind);
  const selector = selectorLabels(request.context, name);
  const { bin, storage } = parts;
  const template = mapOf(valueAt(base, path));
  const pod = renderPodTemplate({ request, template, pointer: `/${path.join('/')}`, selector, bin, storage }, writer);
  const metadata = uniteMetadata(mapOf(base['metadata']), { ...parts.metadata, name: nameWorkloadObject(kind, name) });
  const body = withValue({ ...base, metadata }, path, mapOf(extractSecretEnv(pod, bin)));
  return writeKindFields(body, { selector, storage, name });
}

/** Kubernetes derives names of at most 63 characters from these: ten or eleven of its own come behind them. */
function nameWorkloadObject(kind: string, name: string): string {
  return kind === 'StatefulSet' || kind === 'CronJob' ? fitName(name, 52) : name;
}

function uniteMetadata(base: ValueObject, own: ValueObject): ValueObject {
  const labels = { ...mapOf(base['labels']), ...mapOf(own['labels']) };
  return { ...base, ...own, labels, annotations: { ...mapOf(base['annotations']), ...mapOf(own['annotations']) } };
}

function writeKindFields(
  body: ValueObject,
  parts: { readonly selector: ValueObject; readonly storage: Storage; readonly name: string },
): ValueObject {
  const selected = hasSelector(body) ? withValue(body, ['spec', 'selector'], { matchLabels: parts.selector }) : body;
  if (textOf(body['kind']) !== 'StatefulSet') return selected;
  const named = withValue(selected, ['spec', 'serviceName'], nameHeadless(parts.name));
  if (parts.storage.claimTemplates.length === 0) return named;
  return withValue(named, ['spec', 'volumeClaimTemplates'], parts.storage.claimTemplates);
}
