import type { Target } from '../../core/index.ts';
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
    inputsSchema: {
      type: 'object',
      properties: {
        context: { type: 'string', minLength: 1, description: 'A context of the kubeconfig. Default: its current one.' },
        kubeconfig: {
          type: 'string',
          minLength: 1,
          description: 'A file. Default: KUBECONFIG, else ~/.kube/config; in a cluster: its own account.',
        },
        namespace: { type: 'string', minLength: 1, description: 'A namespace that is there already. Default: one of its own.' },
        impersonate: {
          type: 'object',
          properties: { user: { type: 'string', minLength: 1 }, groups: { type: 'array', items: { type: 'string', minLength: 1 } } },
          required: ['user'],
          additionalProperties: false,
        },
        timeoutSeconds: {
          type: 'integer',
          minimum: 1,
          maximum: 86_400,
          description: 'How long objects may take to be ready, or gone. Default: 300.',
        },
        conflicts: { enum: ['fail', 'force'], description: 'What becomes of fields that somebody else manages. Default: fail.' },
        readiness: {
          type: 'array',
          description: 'Rules of what ready means for a kind: CEL expressions over `object`.',
          items: {
            type: 'object',
            properties: {
              apiVersion: { type: 'string', minLength: 1 },
              kind: { type: 'string', minLength: 1 },
              ready: { type: 'string', minLength: 1 },
              failed: { type: 'string', minLength: 1 },
            },
            required: ['kind', 'ready'],
            additionalProperties: false,
          },
        },
        adopt: { type: 'boolean', description: 'Takes over objects that nobody of tutti made. Default: false.' },
      },
      additionalProperties: false,
    },
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
