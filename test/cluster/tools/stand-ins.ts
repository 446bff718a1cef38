import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { call, type ApiServer } from './call.ts';

/** What a cluster has and that of the tests has not, done by a loop until it is told to stop. */
export interface StandIn {
  stop(): Promise<void>;
}

const pauseMs = 200;

function repeat(step: () => Promise<void>): { stop(): Promise<void> } {
  const over = new AbortController();
  const running = (async () => {
    while (!over.signal.aborted) {
      await step();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await running;
    },
  };
}

interface Item {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation?: number;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly resources?: { readonly requests: { readonly storage: string } };
    readonly parentRefs?: readonly object[];
  };
  readonly status?: { readonly phase?: string; readonly parents?: readonly { readonly conditions: readonly Condition[] }[] };
}

interface Condition {
  readonly observedGeneration: number;
}

async function list(server: ApiServer, path: string): Promise<readonly Item[]> {
  const { body } = await call(server, 'GET', path);
  return Object(body).items ?? [];
}

const className = 'tutti-test-folders';
const classesPath = '/apis/storage.k8s.io/v1/storageclasses';
const volumesPath = '/api/v1/persistentvolumes';

/**
 * Provisions volumes for the claims of a namespace, as folders of this machine, by a class that is the default one as long as it is there.
 * Rule: a claim gets its volume when a pod that uses it has a node, and the folder has its name.
 */
export async function provisionVolumes(server: ApiServer, namespace: string, folder: string): Promise<StandIn> {
  const isDefault = { 'storageclass.kubernetes.io/is-default-class': 'true' };
  const metadata = { name: className, annotations: isDefault };
  const storageClass = { metadata, provisioner: 'tutti.dev/test', volumeBindingMode: 'WaitForFirstConsumer' };
  await call(server, 'POST', classesPath, { body: storageClass });
  const { stop } = repeat(async () => {
    for (const claim of await list(server, `/api/v1/namespaces/${namespace}/persistentvolumeclaims`)) {
      const node = claim.metadata.annotations?.['volume.kubernetes.io/selected-node'];
      if (claim.status?.phase !== 'Pending' || node === undefined) continue;
      const path = join(folder, claim.metadata.name);
      await mkdir(path, { recursive: true });
      await chmod(path, 0o777);
      await call(server, 'POST', volumesPath, { body: makeVolume({ claim, namespace, path, node }) });
    }
  });
  return {
    stop: async () => {
      await stop();
      await call(server, 'DELETE', `${classesPath}/${className}`);
      await call(server, 'DELETE', `${volumesPath}?labelSelector=tutti.dev/test%3D${namespace}`);
    },
  };
}

interface Volume {
  readonly claim: Item;
  readonly namespace: string;
  readonly path: string;
  readonly node: string;
}

function makeVolume({ claim, namespace, path, node }: Volume) {
  const { name, uid } = claim.metadata;
  const onNode = { key: 'kubernetes.io/hostname', operator: 'In', values: [node] };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `folder-${uid}`, labels: { 'tutti.dev/test': namespace } },
    spec: {
      capacity: claim.spec.resources?.requests,
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: className,
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
      local: { path },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [onNode] }] } },
    },
  };
}

/** Takes every HTTPRoute of a namespace, as a gateway does that serves it. */
export function acceptRoutes(server: ApiServer, namespace: string): StandIn {
  const path = `/apis/gateway.networking.k8s.io/v1/namespaces/${namespace}/httproutes`;
  return repeat(async () => {
    for (const { metadata, spec, status } of await list(server, path)) {
      const generation = metadata.generation ?? 1;
      const seen = status?.parents?.[0]?.conditions[0]?.observedGeneration;
      if (seen === generation) continue;
      const conditions = ['Accepted', 'ResolvedRefs'].map((type) => makeCondition(type, generation));
      const parents = (spec.parentRefs ?? []).map((parentRef) => ({ parentRef, controllerName: 'tutti.dev/test', conditions }));
      const body = { status: { parents } };
      await call(server, 'PATCH', `${path}/${metadata.name}/status`, { body, type: 'application/merge-patch+json' });
    }
  });
}

function makeCondition(type: string, observedGeneration: number) {
  const lastTransitionTime = new Date().toISOString();
  return { type, status: 'True', reason: type, message: '', observedGeneration, lastTransitionTime };
}
