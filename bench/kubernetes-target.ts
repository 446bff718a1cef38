import {
  digestOf,
  hasErrors,
  makeObjectKey,
  makeWorkloadUid,
  type JsonObject,
  type ObjectKey,
  type ObjectState,
  type Outcome,
  type RenderedObject,
  type TargetRequest,
} from '../src/core/index.ts';
import { clusterHost } from '../src/main/cluster-host.ts';
import { createKubernetesTarget, openCluster } from '../src/targets/kubernetes/index.ts';
import type { RunningApiServer } from '../test/cluster/tools/api-server.ts';
import type { App } from './kubernetes-apps.ts';

/** The target as the engine drives it: eight nodes at once. */
export interface BenchTarget {
  plan(apps: readonly RenderedApp[]): Promise<void>;
  apply(apps: readonly RenderedApp[]): Promise<void>;
  observe(): Promise<{ readonly found: number; readonly drifted: number }>;
}

const nodesAtOnce = 8;

/** The objects of an app, as the engine gives them to the target. */
export type RenderedApp = readonly RenderedObject[];

export async function openBenchTarget(server: RunningApiServer, namespace: string): Promise<BenchTarget> {
  const target = createKubernetesTarget((inputs) => openCluster(inputs, clusterHost), clusterHost);
  const inventory: Record<ObjectKey, ObjectState> = {};
  const request = (): TargetRequest => makeRequest(server, namespace, inventory);
  return {
    plan: async (apps) => {
      need(await target.observe(request()));
      need(await target.plan(request(), apps.flat()));
    },
    apply: async (apps) => {
      const waiting = [...apps];
      const work = async (): Promise<void> => {
        for (let desired = waiting.pop(); desired; desired = waiting.pop()) {
          const receipt = need(await target.apply(request(), { desired, changed: desired.map(({ key }) => key), removed: [] }));
          for (const object of desired) inventory[object.key] = { ...object, ...remembered(receipt.memory?.[object.key]) };
        }
      };
      await Promise.all(Array.from({ length: nodesAtOnce }, work));
    },
    observe: async () => {
      const seen = Object.values(need(await target.observe(request())).objects);
      return { found: seen.length, drifted: seen.filter(({ isAsDeployed }) => !isAsDeployed).length };
    },
  };
}

function remembered(memory: JsonObject | undefined): Pick<ObjectState, 'memory'> {
  return memory ? { memory } : {};
}

function need<T>({ value, diagnostics }: Outcome<T>): T {
  if (value === undefined && hasErrors(diagnostics)) throw new Error(diagnostics.map(({ detail }) => detail).join('\n'));
  // Of an outcome of nothing there is nothing to give.
  return Object(value);
}

export function renderApp({ name, objects }: App): RenderedApp {
  return objects.map((body) => {
    const { apiVersion, kind, metadata } = body;
    const key = makeObjectKey({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name });
    return { key, node: makeWorkloadUid(name), body, hash: digestOf(body) };
  });
}

function makeRequest(
  { kubeconfig }: RunningApiServer,
  namespace: string,
  inventory: Readonly<Record<ObjectKey, ObjectState>>,
): TargetRequest {
  const names = { project: 'bench', environment: namespace };
  return {
    context: { ...names, environmentType: 'bench', target: 'cluster', format: 'kubernetes', incarnation: 1, labels: {}, slug: namespace },
    inputs: { kubeconfig, namespace },
    baseDir: '.',
    inventory,
    deployment: { ...names, id: 'one', number: 1, requester: 'bench', reason: '', plan: '', release: 1, workloads: [], startedAt: '' },
    reveal: async () => '',
    signal: new AbortController().signal,
  };
}
