import { consumerLocals, noticesOfConsumer, problemsOfConsumer } from './consumer.ts';
import type { Recipe } from './documents.ts';
import { routeLocals, routeNotices, routeProblems } from './route-parts.ts';

/** What is no server, in Kubernetes. */

const route: Recipe = {
  type: 'route',
  format: 'kubernetes',
  inputs: {
    locals: routeLocals,
    outputs: { host: '${params.host}', path: '${locals.path}' },
    problems: routeProblems,
    notices: `\${${routeNotices}}`,
    manifests: [
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name: 'route-${resource.slug}' },
        spec: {
          parentRefs: [{ name: 'default' }],
          hostnames: ['${params.host}'],
          rules: [
            {
              matches: [{ path: { type: '${locals.pathType}', value: '${locals.path}' } }],
              backendRefs: [{ name: '${locals.consumer.name}', port: '${locals.port}' }],
            },
          ],
        },
      },
    ],
  },
};

const volume: Recipe = {
  type: 'volume',
  format: 'kubernetes',
  inputs: {
    locals: { name: 'vol-${resource.slug}' },
    outputs: { source: { persistentVolumeClaim: { claimName: '${locals.name}' } } },
    manifests: [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: '${locals.name}' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: "${'size' in params ? params.size : '1Gi'}" } },
        },
      },
    ],
  },
};

/** The two names of one param; whichever is given. */
function either(name: string, other: string): string {
  return `\${'${name}' in params ? [int(params.${name})] : '${other}' in params ? [int(params.${other})] : []}`;
}

function metric(resource: string, target: string): string {
  return `{'type': 'Resource', 'resource': {'name': '${resource}', 'target': {'type': 'Utilization', 'averageUtilization': ${target}}}}`;
}

const autoscaler: Recipe = {
  type: 'horizontal-pod-autoscaler',
  format: 'kubernetes',
  inputs: {
    locals: {
      ...consumerLocals,
      fewest: "${'minReplicas' in params ? int(params.minReplicas) : 1}",
      most: "${'maxReplicas' in params ? int(params.maxReplicas) : locals.fewest > 10 ? locals.fewest : 10}",
      memory: either('targetMemoryUtilizationPercentage', 'targetMemoryUtilization'),
      asked: either('targetCPUUtilizationPercentage', 'targetCPUUtilization'),
      cpu: '${size(locals.asked) + size(locals.memory) > 0 ? locals.asked : [80]}',
    },
    outputs: {},
    problems: `\${${problemsOfConsumer('an autoscaler')} + (locals.fewest > locals.most ? ['minReplicas is greater than maxReplicas.'] : [])}`,
    notices: `\${${noticesOfConsumer('the autoscaler scales')}}`,
    manifests: [
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'hpa-${resource.slug}' },
        spec: {
          scaleTargetRef: {
            apiVersion: 'apps/v1',
            kind: "${locals.consumer.profile == 'stateful' ? 'StatefulSet' : 'Deployment'}",
            name: '${locals.consumer.name}',
          },
          minReplicas: '${locals.fewest}',
          maxReplicas: '${locals.most}',
          metrics: `\${locals.cpu.map(x, ${metric('cpu', 'x')}) + locals.memory.map(x, ${metric('memory', 'x')})}`,
        },
      },
    ],
  },
};

export const kubernetesRecipes: readonly Recipe[] = [route, volume, autoscaler];
