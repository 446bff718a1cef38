import { hasErrors, type JsonObject, type Outcome, type RenderedObject, type RuntimeRequest } from '../../core/index.ts';
import type { Cluster } from './cluster.ts';
import { hideSecrets } from './hide-secrets.ts';

/** How the target comes to a cluster; the composition root says what may be used for it. */
export type OpenCluster = (inputs: JsonObject) => Promise<Outcome<Cluster>>;

/** A cluster for as long as the process lives: credentials are looked at anew with each request. */
export function keepClusters(open: OpenCluster): OpenCluster {
  const opened = new Map<string, Promise<Outcome<Cluster>>>();
  return (inputs) => {
    const key = JSON.stringify(inputs);
    const known = opened.get(key) ?? open(inputs);
    opened.set(key, known);
    // What could not be opened may be by the next call.
    known.then(
      ({ value }) => value ?? opened.delete(key),
      () => opened.delete(key),
    );
    return known;
  };
}

/** Runs with the cluster of a request, or says why there is none; no problem shows a secret of the environment. */
export async function withCluster<T>(
  open: OpenCluster,
  { request, objects = [] }: { readonly request: RuntimeRequest; readonly objects?: readonly RenderedObject[] },
  run: (cluster: Cluster) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const cluster = await open(request.inputs);
  if (!cluster.value) return { diagnostics: cluster.diagnostics };
  const outcome = await run(cluster.value);
  const listBodies = () => [...Object.values(request.inventory), ...objects].map(({ body }) => body);
  const diagnostics = [...cluster.diagnostics, ...(await hideSecrets(outcome.diagnostics, listBodies, request.reveal))];
  return hasErrors(diagnostics) || outcome.value === undefined ? { ...outcome, diagnostics } : { value: outcome.value, diagnostics };
}
