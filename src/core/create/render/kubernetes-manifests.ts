import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { hasErrors, settle } from '../../diagnostics/report.ts';
import { findPending } from '../../model/pending.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { ValueObject } from '../../model/value.ts';
import { placeInputs } from '../../read/platform/inputs-place.ts';
import { digestValue } from '../for-digest.ts';
import { fitName } from '../slug.ts';
import { checkManifest } from './check-manifest.ts';
import { isClusterKind, podTemplatePath } from './kinds.ts';
import { commonAnnotations, commonLabels } from './labels.ts';
import { judgeLooseSecrets } from './loose-secrets.ts';
import { makeObjects, mapOf, textOf, withValue } from './make-object.ts';
import type { RenderManifestsRequest } from './render-manifests.ts';
import { extractSecretEnv, openSecretBin, secretOfBin } from './secret-env.ts';
import { isSecretObject, writeSecretData } from './secret-object.ts';

/**
 * Turns manifests into objects for Kubernetes.
 * Rule: the namespace is the environment's, other scopes need the definition's leave; secrets stand only in Secret data and, rewritten to
 * references, in the env of containers.
 * Shape: manifests in, objects out, a Secret more where env holds secrets.
 */
export function renderKubernetesManifests(request: RenderManifestsRequest): Outcome<readonly RenderedObject[]> {
  const diagnostics: Diagnostic[] = [];
  const objects: RenderedObject[] = [];
  request.manifests.forEach((manifest, index) => {
    const place = placeInputs(request.definition, 'manifests', index);
    const problems = checkManifest(manifest, request, place);
    const rendered: Outcome<readonly RenderedObject[]> = hasErrors(problems) ? { diagnostics: [] } : renderOne(manifest, request, place);
    diagnostics.push(...problems, ...rendered.diagnostics);
    objects.push(...(rendered.value ?? []));
  });
  return hasErrors(diagnostics) ? { diagnostics } : { value: objects, diagnostics };
}

function renderOne(manifest: ValueObject, request: RenderManifestsRequest, place: Place): Outcome<readonly RenderedObject[]> {
  const { node } = request;
  const metadata = completeMetadata(manifest, request);
  if (isSecretObject(manifest)) {
    const written = writeSecretData(manifest, place);
    const { data: _, ...open } = written.value;
    const made = makeObjects(node, [{ ...written.value, metadata }]);
    return settle(made.objects, [...written.diagnostics, ...judgeLooseSecrets(open, place, request.definition), ...made.diagnostics]);
  }
  const kind = textOf(manifest['kind']);
  const bin = openSecretBin(fitName(`${textOf(metadata['name'])}-${kind.toLowerCase()}-env`, 253));
  const body: ValueObject = { ...mapOf(extractSecretEnv(manifest, bin)), metadata };
  const secret = secretOfBin(bin, metadata);
  const made = makeObjects(node, secret ? [withHash(body, kind, secret), secret] : [body]);
  return settle(made.objects, [...judgeLooseSecrets(body, place, request.definition), ...made.diagnostics]);
}

/** Pods start anew when a secret of theirs changes; the pods of a Job cannot be changed once it is there. */
function withHash(body: ValueObject, kind: string, secret: ValueObject): ValueObject {
  const path = podTemplatePath(kind);
  if (!path || kind === 'Job') return body;
  return withValue(
    body,
    [...path, 'metadata', 'annotations', 'tutti.dev/config-hash'],
    findPending(secret) ?? digestValue(secret).slice(0, 16),
  );
}

/** Labels of the definition win, but what marks an object as tutti's is tutti's. */
function completeMetadata(manifest: ValueObject, { context, node, namespace }: RenderManifestsRequest): ValueObject {
  const metadata = mapOf(manifest['metadata']);
  const isScoped = !isClusterKind(textOf(manifest['apiVersion']), textOf(manifest['kind']));
  return {
    ...metadata,
    ...(isScoped && { namespace: textOf(metadata['namespace']) || namespace }),
    labels: { ...commonLabels(context), ...mapOf(metadata['labels']) },
    annotations: { ...mapOf(metadata['annotations']), ...commonAnnotations(context, node) },
  };
}
