import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { quote } from '../../diagnostics/quote.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { isUnknown, isValueObject, type ValueObject } from '../../model/value.ts';
import { isClusterKind } from './kinds.ts';
import { mapOf, textOf } from './make-object.ts';
import type { RenderManifestsRequest } from './render-manifests.ts';

/** Reports: T4101, T4102, T4104. */
export function checkManifest(manifest: ValueObject, request: RenderManifestsRequest, place: Place): readonly Diagnostic[] {
  const unnamed = checkIdentity(manifest, request, place);
  if (unnamed.length > 0) return unnamed;
  return [...checkName(manifest, place), ...checkScope(manifest, request, place), ...checkClusterFields(manifest, place)];
}

function checkIdentity(manifest: ValueObject, { definition }: RenderManifestsRequest, place: Place): readonly Diagnostic[] {
  const metadata = mapOf(manifest['metadata']);
  const identity = { apiVersion: manifest['apiVersion'], kind: manifest['kind'], 'metadata.name': metadata['name'] };
  const missing = Object.entries(identity).filter(([, value]) => typeof value !== 'string' || value === '');
  if (missing.length > 0) {
    const names = missing.map(
      ([name, value]) => `\`${name}\` (${isUnknown(value) ? 'known only after provisioning' : 'missing, or no text'})`,
    );
    return [diagnose('T4101', { detail: `${definition.name}: the manifest lacks ${names.join(', ')}.`, place })];
  }
  if (textOf(manifest['kind']).endsWith('List') && Array.isArray(manifest['items'])) {
    return [diagnose('T4101', { detail: `${definition.name}: write the objects of a List one by one.`, place })];
  }
  return ['labels', 'annotations']
    .filter((key) => metadata[key] !== undefined && !isValueObject(metadata[key]))
    .map((key) =>
      diagnose('T4101', { detail: `${definition.name}: \`metadata.${key}\` is no map.`, place: extendPlace(place, 'metadata', key) }),
    );
}

const labelKinds: readonly string[] = ['Namespace', 'Service'];

function checkName(manifest: ValueObject, place: Place): readonly Diagnostic[] {
  const name = textOf(mapOf(manifest['metadata'])['name']);
  const isLabel = labelKinds.includes(textOf(manifest['kind'])) && manifest['apiVersion'] === 'v1';
  const isRole = textOf(manifest['apiVersion']).startsWith('rbac.authorization.k8s.io/');
  const form = isLabel ? /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/ : isRole ? /^[^/%]{1,253}$/ : /^(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
  if (form.test(name)) return [];
  const rule = isLabel
    ? 'begins with a letter and has at most 63 lower-case letters, digits and "-"'
    : 'has at most 253 lower-case letters, digits, "-" and "."';
  const detail = `${quote(name)} cannot name a ${textOf(manifest['kind'])}: such a name ${rule}.`;
  return [diagnose('T4101', { detail, place: extendPlace(place, 'metadata', 'name') })];
}

function checkScope(manifest: ValueObject, request: RenderManifestsRequest, place: Place): readonly Diagnostic[] {
  const { definition, namespace } = request;
  const kind = textOf(manifest['kind']);
  const wanted = mapOf(manifest['metadata'])['namespace'];
  const at = extendPlace(place, 'metadata', 'namespace');
  if (isClusterKind(textOf(manifest['apiVersion']), kind)) {
    const leave = definition.allowScope.isCluster ? [] : [`${definition.name} makes a ${kind}, which belongs to the whole cluster.`];
    const misplaced = wanted === undefined ? [] : [`A ${kind} belongs to the whole cluster: it has no namespace.`];
    return [...leave, ...misplaced].map((detail) => diagnose('T4102', { detail, place }));
  }
  if (wanted === undefined || wanted === namespace) return [];
  const { namespaces } = definition.allowScope;
  if (typeof wanted === 'string' && (namespaces === 'all' || namespaces.includes(wanted))) return [];
  const where = isUnknown(wanted) ? 'a namespace that is known only after provisioning' : `the namespace ${quote(textOf(wanted))}`;
  const detail = `${definition.name} puts a ${kind} into ${where}; the environment's is "${namespace}".`;
  return [diagnose('T4102', { detail, place: at })];
}

const clusterMetadata = [
  'creationTimestamp',
  'deletionTimestamp',
  'finalizers',
  'generateName',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
];

function checkClusterFields(manifest: ValueObject, place: Place): readonly Diagnostic[] {
  const metadata = mapOf(manifest['metadata']);
  const paths = [
    ...(Object.hasOwn(manifest, 'status') ? [['status']] : []),
    ...clusterMetadata.filter((key) => Object.hasOwn(metadata, key)).map((key) => ['metadata', key]),
  ];
  return paths.map((path) =>
    diagnose('T4104', { detail: `\`${path.join('.')}\` is set by the cluster.`, place: extendPlace(place, ...path) }),
  );
}
