import { hasErrors, type Diagnostic, type JsonObject, type Outcome, type TargetRequest } from '../../core/index.ts';
import type { Cluster } from './cluster.ts';

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

/** Runs with the cluster of a request, or says why there is none. */
export async function withCluster<T>(
  open: OpenCluster,
  { inputs }: TargetRequest,
  run: (cluster: Cluster) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const cluster = await open(inputs);
  if (!cluster.value) return { diagnostics: cluster.diagnostics };
  const outcome = await run(cluster.value);
  const diagnostics: readonly Diagnostic[] = [...cluster.diagnostics, ...outcome.diagnostics];
  return hasErrors(diagnostics) || outcome.value === undefined ? { ...outcome, diagnostics } : { value: outcome.value, diagnostics };
}
