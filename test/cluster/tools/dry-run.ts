import { call, type ApiServer } from './call.ts';

/** A manifest as far as its address goes. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What an API server has against a manifest. */
export interface Refusal {
  readonly object: string;
  readonly status: number;
  readonly message: string;
  /** The fields that it is about, where the server names them. */
  readonly causes: readonly Cause[];
}

interface Cause {
  readonly field?: string;
  readonly message?: string;
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

interface Status {
  readonly message: string;
  readonly details?: { readonly causes?: readonly Cause[] };
}

/**
 * Applies manifests to an API server, dry, with its validation as strict as it can be.
 * Rule: namespaces are made for real, since objects in one that is not there are refused.
 * Shape: what was refused; nothing where all would be taken.
 */
export async function dryRunApply(server: ApiServer, manifests: readonly Manifest[]): Promise<readonly Refusal[]> {
  const discovered = new Map<string, Promise<ResourceList>>();
  const discover = (apiVersion: string): Promise<ResourceList> => {
    const known = discovered.get(apiVersion) ?? listResources(server, apiVersion);
    discovered.set(apiVersion, known);
    return known;
  };
  for (const namespace of new Set(manifests.flatMap(({ metadata }) => metadata.namespace ?? []))) await ensureNamespace(server, namespace);
  const refusals: Refusal[] = [];
  for (const manifest of manifests) {
    const refusal = await applyDry(server, manifest, await discover(manifest.apiVersion));
    if (refusal) refusals.push(refusal);
  }
  return refusals;
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

async function listResources(server: ApiServer, apiVersion: string): Promise<ResourceList> {
  const { status, body } = await call(server, 'GET', rootOf(apiVersion));
  return status === 200 && isResourceList(body) ? body : { resources: [] };
}

/** Says whether an answer is the list of resources of a group version. */
export function isResourceList(body: unknown): body is ResourceList {
  return typeof body === 'object' && body !== null && 'resources' in body && Array.isArray(body.resources);
}

async function ensureNamespace(server: ApiServer, name: string): Promise<void> {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  const { status } = await call(server, 'POST', '/api/v1/namespaces', { body });
  if (status !== 201 && status !== 409) throw new Error(`The namespace ${name} could not be made: ${status}`);
}

async function applyDry(server: ApiServer, manifest: Manifest, { resources }: ResourceList): Promise<Refusal | undefined> {
  const { apiVersion, kind, metadata } = manifest;
  const object = `${apiVersion}/${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  const resource = resources.find((each) => each.kind === kind && !each.name.includes('/'));
  if (!resource) return { object, status: 404, message: 'the API server does not know this kind', causes: [] };
  const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  const query = 'dryRun=All&fieldManager=tutti&force=true&fieldValidation=Strict';
  const path = `${rootOf(apiVersion)}${scope}/${resource.name}/${encodeURIComponent(metadata.name)}?${query}`;
  const { status, body } = await call(server, 'PATCH', path, { body: manifest, type: 'application/apply-patch+yaml' });
  if (status === 200 || status === 201) return undefined;
  return isStatus(body)
    ? { object, status, message: body.message, causes: body.details?.causes ?? [] }
    : { object, status, message: String(body), causes: [] };
}

function isStatus(body: unknown): body is Status {
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string';
}
