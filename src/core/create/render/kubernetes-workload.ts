import { findPending } from '../../model/pending.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Unknown, ValueObject } from '../../model/value.ts';
import { digestValue } from '../for-digest.ts';
import { fitName } from '../slug.ts';
import { basePlace } from './base-place.ts';
import { checkBase, checkKindFields } from './check-workload.ts';
import { hasSelector, podTemplatePath } from './kinds.ts';
import { commonAnnotations, commonLabels, selectorLabels } from './labels.ts';
import { findLooseSecrets } from './loose-secrets.ts';
import { makeObjects, mapOf, textOf, valueAt, withValue } from './make-object.ts';
import { renderPodTemplate } from './pod.ts';
import type { ProfileWriter } from './profile-writer.ts';
import type { RenderWorkloadRequest } from './render-workload.ts';
import { extractSecretEnv, openSecretBin, secretOfBin, type SecretBin } from './secret-env.ts';
import { nameHeadless, renderService } from './service.ts';
import { layOutStorage, type Storage } from './storage.ts';

/**
 * Renders a workload for Kubernetes.
 * Rule: the base is the workload object, Score's fields are written into it as far as it allows; files become a ConfigMap or a Secret, variables
 * with a secret in them a Secret, ports a Service.
 */
export function renderKubernetes(request: RenderWorkloadRequest, base: ValueObject, writer: ProfileWriter): readonly RenderedObject[] {
  const problems = checkBase(base, request);
  writer.diagnostics.push(...problems);
  return problems.length > 0 ? [] : renderObjects(request, base, writer);
}

function renderObjects(request: RenderWorkloadRequest, base: ValueObject, writer: ProfileWriter): readonly RenderedObject[] {
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
  return findPending(objects) ?? digestValue(objects).slice(0, 16);
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
