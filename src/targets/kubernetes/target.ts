import type { Target } from '../../core/index.ts';
import { inputsSchema } from './inputs-schema.ts';
import { applyObjects } from './apply.ts';
import { awaitObjects, type Waiting } from './await-ready.ts';
import { observeObjects } from './observe.ts';
import { planObjects } from './plan.ts';
import { readObject } from './read.ts';
import { pruneObjects } from './prune.ts';
import { checkKindRules } from './readiness/custom-rules.ts';
import { runHook } from './run-hook.ts';
import { createRuntime } from './runtime/create-runtime.ts';
import { keepClusters, withCluster, type OpenCluster } from './session.ts';

/**
 * Deploys an environment to a Kubernetes cluster by server-side apply, node by node.
 * Rule: one field manager; every object says of itself what it is and whose; what has not been touched is not written again; what goes is
 * removed by its uid.
 * Reports: T6201–T6233.
 */
export function createKubernetesTarget(open: OpenCluster, waiting: Waiting): Target {
  const clusters = keepClusters(open);
  return {
    type: 'kubernetes',
    formats: ['kubernetes'],
    isGathering: false,
    observesHealth: true,
    inputsSchema,
    check: checkKindRules,
    plan: (request, objects) => withCluster(clusters, { request, objects }, (cluster) => planObjects(cluster, request, objects)),
    observe: (request) => withCluster(clusters, { request }, (cluster) => observeObjects(cluster, request, waiting.now)),
    apply: (request, write) =>
      withCluster(clusters, { request, objects: write.desired }, (cluster) => applyObjects(cluster, request, write, waiting)),
    awaitReady: (request, objects) =>
      withCluster(clusters, { request, objects }, (cluster) => awaitObjects(cluster, request, objects, waiting)),
    read: (request, address) => withCluster(clusters, { request }, (cluster) => readObject(cluster, request, address)),
    runHook: (request, hook) => withCluster(clusters, { request, objects: [hook] }, (cluster) => runHook(cluster, request, hook, waiting)),
    prune: (request, keys) => withCluster(clusters, { request }, (cluster) => pruneObjects(cluster, request, keys, waiting)),
    runtime: createRuntime(clusters, waiting),
  };
}
