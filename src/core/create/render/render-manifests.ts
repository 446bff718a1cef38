import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose, hasErrors } from '../../diagnostics/report.ts';
import type { DeploymentContext } from '../../model/context.ts';
import type { ResourceDefinition } from '../../model/platform.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Uid } from '../../model/uid.ts';
import { isMark, isSecret, isSecretText, isUnknown, isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { fitName } from '../slug.ts';
import { isClusterKind } from './kinds.ts';
import { commonAnnotations, commonLabels } from './labels.ts';
import { isList, makeObject, mapOf, textOf } from './make-object.ts';
import { extractSecretEnv, openSecretBin, secretOfBin } from './secret-env.ts';

export interface RenderManifestsRequest {
  readonly node: Uid;
  readonly definition: ResourceDefinition;
  readonly manifests: readonly ValueObject[];
  readonly context: DeploymentContext;
  readonly namespace: string;
}

const forbiddenMetadata = ['uid', 'resourceVersion', 'generation', 'managedFields', 'ownerReferences', 'finalizers', 'generateName', 'creationTimestamp', 'selfLink'];

/**
 * Turns what a driver made into objects of the environment.
 * Rule: the namespace is the environment's, other scopes need the definition's leave; secrets stand only in Secret data
 * and, rewritten to references, in the env of containers.
 * Reports: T4101–T4104, each at the manifest in the definition.
 */
export function renderManifests(request: RenderManifestsRequest): Outcome<readonly RenderedObject[]> {
  const diagnostics: Diagnostic[] = [];
  const objects: RenderedObject[] = [];
  request.manifests.forEach((manifest, index) => {
    const place: Place = { ...request.definition.place, path: ['spec', 'inputs', 'manifests', index] };
    const problems = checkManifest(manifest, request, place);
    diagnostics.push(...problems);
    if (!hasErrors(problems)) objects.push(...renderOne(manifest, request, diagnostics, place));
  });
  return hasErrors(diagnostics) ? { diagnostics } : { value: objects, diagnostics };
}

function checkManifest(manifest: ValueObject, request: RenderManifestsRequest, place: Place): readonly Diagnostic[] {
  const metadata = mapOf(manifest['metadata']);
  const identity = { apiVersion: manifest['apiVersion'], kind: manifest['kind'], 'metadata.name': metadata['name'] };
  const missing = Object.entries(identity).filter(([, value]) => typeof value !== 'string' || value === '');
  if (missing.length > 0) {
    const names = missing.map(([name, value]) => `${name} (${isUnknown(value) ? 'known only after provisioning' : 'missing or no text'})`);
    return [diagnose('T4101', { detail: `${request.definition.name}: the manifest lacks ${names.join(', ')}.`, place })];
  }
  if (textOf(manifest['kind']) === 'List') {
    return [diagnose('T4101', { detail: `${request.definition.name}: write the objects of a List one by one.`, place })];
  }
  return [...checkName(metadata, place), ...checkScope(manifest, request, place), ...checkClusterFields(manifest, metadata, place)];
}

function checkName(metadata: ValueObject, place: Place): readonly Diagnostic[] {
  const name = textOf(metadata['name']);
  if (name.length <= 253 && /^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/.test(name)) return [];
  const at: Place = { ...place, path: [...place.path, 'metadata', 'name'] };
  return [diagnose('T4101', { detail: `"${name.slice(0, 80)}" cannot name an object: lower-case letters, digits, "-" and "." are allowed.`, place: at })];
}

function checkScope(manifest: ValueObject, request: RenderManifestsRequest, place: Place): readonly Diagnostic[] {
  const { definition, namespace } = request;
  const kind = textOf(manifest['kind']);
  const wanted = mapOf(manifest['metadata'])['namespace'];
  if (isClusterKind(kind)) {
    if (definition.allowScope.isCluster) return [];
    return [diagnose('T4102', { detail: `${definition.name} makes a ${kind}, which belongs to the whole cluster.`, place })];
  }
  if (wanted === undefined || wanted === namespace) return [];
  if (typeof wanted === 'string' && definition.allowScope.namespaces.includes(wanted)) return [];
  const detail = `${definition.name} puts a ${kind} into the namespace "${textOf(wanted)}"; the environment's is "${namespace}".`;
  return [diagnose('T4102', { detail, place: { ...place, path: [...place.path, 'metadata', 'namespace'] } })];
}

function checkClusterFields(manifest: ValueObject, metadata: ValueObject, place: Place): readonly Diagnostic[] {
  const paths = [
    ...('status' in manifest ? [['status']] : []),
    ...forbiddenMetadata.filter((key) => key in metadata).map((key) => ['metadata', key]),
  ];
  return paths.map((path) =>
    diagnose('T4104', { detail: `\`${path.join('.')}\` is set by the cluster.`, place: { ...place, path: [...place.path, ...path] } }),
  );
}

function renderOne(
  manifest: ValueObject,
  request: RenderManifestsRequest,
  diagnostics: Diagnostic[],
  place: Place,
): readonly RenderedObject[] {
  const { context, node, namespace } = request;
  const metadata = mapOf(manifest['metadata']);
  const name = textOf(metadata['name']);
  const isScoped = !isClusterKind(textOf(manifest['kind']));
  const full: ValueObject = {
    ...metadata,
    ...(isScoped && { namespace: textOf(metadata['namespace']) || namespace }),
    labels: { ...commonLabels(context), ...mapOf(metadata['labels']) },
    annotations: { ...commonAnnotations(context, node), ...mapOf(metadata['annotations']) },
  };
  const isSecretKind = textOf(manifest['kind']) === 'Secret' && textOf(manifest['apiVersion']) === 'v1';
  const bin = openSecretBin(fitName(`${name}-env`, 253));
  const body = isSecretKind ? normaliseSecret(manifest) : mapOf(extractSecretEnv(manifest, bin));
  const object: ValueObject = { ...body, metadata: full };
  diagnostics.push(...findLooseSecrets(object, isSecretKind, place));
  const secret = secretOfBin(bin, { ...full, name: bin.name });
  return [makeObject(node, object), ...(secret ? [makeObject(node, secret)] : [])];
}

/** `stringData` becomes `data`: a key that is left out later is really gone then. */
function normaliseSecret(manifest: ValueObject): ValueObject {
  const { stringData, ...rest } = manifest;
  if (!isValueObject(stringData)) return manifest;
  const encoded = Object.entries(stringData).map(([key, value]) => [key, encode(value)] as const);
  return { ...rest, data: { ...mapOf(rest['data']), ...Object.fromEntries(encoded) } };
}

function encode(value: Value): Value {
  if (isUnknown(value)) return value;
  const part = isSecret(value) || isSecretText(value) ? value : typeof value === 'string' ? value : JSON.stringify(value);
  return { $tutti: 'secretText', parts: [part], encoding: 'base64' };
}

function findLooseSecrets(body: ValueObject, isSecretKind: boolean, place: Place): readonly Diagnostic[] {
  const places: (readonly (string | number)[])[] = [];
  const { data, ...rest } = body;
  collectSecrets(isSecretKind ? rest : body, [], places);
  if (isSecretKind) for (const [key, value] of Object.entries(mapOf(data))) if (!isMark(value)) collectSecrets(value, ['data', key], places);
  return places.map((path) =>
    diagnose('T4103', {
      detail: `A secret stands in \`${path.join('.')}\`, where everybody who may look at the object can read it.`,
      place: { ...place, path: [...place.path, ...path] },
    }),
  );
}

function collectSecrets(value: Value, path: readonly (string | number)[], places: (readonly (string | number)[])[]): void {
  if (isSecret(value) || isSecretText(value)) places.push(path);
  else if (isList(value)) value.forEach((each, index) => collectSecrets(each, [...path, index], places));
  else if (isValueObject(value)) for (const [key, each] of Object.entries(value)) collectSecrets(each, [...path, key], places);
}
