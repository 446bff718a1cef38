import type { Json } from '../../../core/index.ts';
import type { Address } from '../cluster.ts';
import { listOf, mapOf, textOf } from '../fields.ts';
import type { Send } from './request.ts';
import { readJson, readStatus } from './status.ts';

/** Where objects of a kind are found: a path; nothing where the cluster does not have the kind. */
export type Locate = (of: Omit<Address, 'name'>, signal: AbortSignal) => Promise<string | undefined>;

interface Resource {
  readonly name: string;
  readonly isNamespaced: boolean;
}

export function createLocator(send: Send): Locate {
  const find = createFinder(send);
  return async (of, signal) => {
    const resource = await find(of, signal);
    if (!resource) return undefined;
    const scope = resource.isNamespaced ? `/namespaces/${encodeURIComponent(of.namespace ?? 'default')}` : '';
    return `${rootOf(of.apiVersion)}${scope}/${resource.name}`;
  };
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** Asks once for each group and version what it has; again for a kind that was not there, since it may be by now. */
function createFinder(send: Send) {
  const known = new Map<string, Promise<ReadonlyMap<string, Resource>>>();
  const ask = (apiVersion: string, signal: AbortSignal): Promise<ReadonlyMap<string, Resource>> => {
    const asked = discover(send, apiVersion, signal);
    known.set(apiVersion, asked);
    asked.catch(() => known.delete(apiVersion));
    return asked;
  };
  return async ({ apiVersion, kind }: Pick<Address, 'apiVersion' | 'kind'>, signal: AbortSignal): Promise<Resource | undefined> => {
    const found = (await (known.get(apiVersion) ?? ask(apiVersion, signal))).get(kind);
    return found ?? (await ask(apiVersion, signal)).get(kind);
  };
}

async function discover(send: Send, apiVersion: string, signal: AbortSignal): Promise<ReadonlyMap<string, Resource>> {
  const response = await send({ method: 'GET', path: rootOf(apiVersion) }, signal);
  if (response.status === 0 || response.status === 401 || response.status >= 500) {
    throw new Error(`the cluster cannot be asked what it has: ${readStatus(response).message}`);
  }
  const resources: readonly Json[] = listOf(readJson(response)['resources']);
  const entries = resources
    .map(mapOf)
    .filter(({ name }) => !textOf(name).includes('/'))
    .map(({ kind, name, namespaced }) => [textOf(kind), { name: textOf(name), isNamespaced: namespaced === true }] as const);
  return new Map(entries);
}
