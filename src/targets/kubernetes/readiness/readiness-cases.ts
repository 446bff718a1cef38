import type { JsonObject } from '../../../core/index.ts';
import type { Readiness } from './parts.ts';

/** An object as a cluster has it, and what is to be made of it. */
export interface ReadinessCase {
  readonly what: string;
  readonly live: JsonObject;
  readonly is: Readiness['kind'];
}

type Expected = readonly [what: string, is: Readiness['kind'], parts: JsonObject];

function casesOf(apiVersion: string, kind: string, expected: readonly Expected[]): readonly ReadinessCase[] {
  return expected.map(([what, is, parts]) => ({ what: `${kind}: ${what}`, is, live: { apiVersion, kind, ...parts } }));
}

const condition = (type: string, status: string, reason = '', message = ''): JsonObject => ({ type, status, reason, message });
const seen = { metadata: { generation: 2 } };
const all = { observedGeneration: 2, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 };
const available = [condition('Available', 'True'), condition('Progressing', 'True', 'NewReplicaSetAvailable')];

const deployments = casesOf('apps/v1', 'Deployment', [
  ['all replicas are new and available', 'ready', { ...seen, spec: { replicas: 3 }, status: { ...all, conditions: available } }],
  [
    'its controller has seen an earlier generation',
    'progressing',
    { ...seen, spec: { replicas: 3 }, status: { ...all, observedGeneration: 1 } },
  ],
  ['some are not of the new version', 'progressing', { ...seen, spec: { replicas: 3 }, status: { ...all, updatedReplicas: 1 } }],
  ['an old one is still there', 'progressing', { ...seen, spec: { replicas: 3 }, status: { ...all, replicas: 4 } }],
  ['one is not available', 'progressing', { ...seen, spec: { replicas: 3 }, status: { ...all, availableReplicas: 2 } }],
  ['one is not ready', 'progressing', { ...seen, spec: { replicas: 3 }, status: { ...all, readyReplicas: 2 } }],
  [
    'it is not available as a whole',
    'progressing',
    { ...seen, spec: { replicas: 3 }, status: { ...all, conditions: [condition('Available', 'False')] } },
  ],
  [
    'it makes no progress any more',
    'failed',
    { ...seen, spec: { replicas: 3 }, status: { ...all, conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded')] } },
  ],
  ['no replicas are wanted', 'ready', { ...seen, spec: { replicas: 0 }, status: { observedGeneration: 2 } }],
  [
    'the number is left to the server, and one runs',
    'ready',
    { spec: {}, status: { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 } },
  ],
  ['nothing is there yet', 'progressing', { spec: { replicas: 1 } }],
  ['it is paused', 'ready', { ...seen, spec: { replicas: 3, paused: true }, status: { observedGeneration: 2, replicas: 3 } }],
  ['it is being removed', 'terminating', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' }, spec: { replicas: 1 } }],
]);

const set = { ...all, currentReplicas: 3, currentRevision: 'b', updateRevision: 'b' };
const statefulSets = casesOf('apps/v1', 'StatefulSet', [
  ['all are there and of one revision', 'ready', { ...seen, spec: { replicas: 3 }, status: set }],
  ['one is missing', 'progressing', { ...seen, spec: { replicas: 3 }, status: { ...set, replicas: 2 } }],
  ['one is not ready', 'progressing', { ...seen, spec: { replicas: 3 }, status: { ...set, readyReplicas: 2 } }],
  ['one too many', 'progressing', { ...seen, spec: { replicas: 2 }, status: set }],
  ['two revisions', 'progressing', { ...seen, spec: { replicas: 3 }, status: { ...set, currentRevision: 'a' } }],
  [
    'the part that is to be new is new',
    'ready',
    {
      ...seen,
      spec: { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
      status: { ...set, updatedReplicas: 1, currentRevision: 'a' },
    },
  ],
  [
    'the part that is to be new is not',
    'progressing',
    { ...seen, spec: { replicas: 3, updateStrategy: { rollingUpdate: { partition: 1 } } }, status: { ...set, updatedReplicas: 1 } },
  ],
  [
    'it waits for its pods to be deleted',
    'ready',
    { ...seen, spec: { replicas: 3, updateStrategy: { type: 'OnDelete' } }, status: { ...set, readyReplicas: 0 } },
  ],
  ['nothing is there yet', 'progressing', { spec: {} }],
]);

const everywhere = {
  observedGeneration: 2,
  desiredNumberScheduled: 2,
  currentNumberScheduled: 2,
  updatedNumberScheduled: 2,
  numberAvailable: 2,
  numberReady: 2,
};
const daemonSets = casesOf('apps/v1', 'DaemonSet', [
  ['one on each node', 'ready', { ...seen, status: everywhere }],
  ['nobody has looked yet', 'progressing', { ...seen, status: {} }],
  ['not on each node', 'progressing', { ...seen, status: { ...everywhere, currentNumberScheduled: 1 } }],
  ['not of the new version', 'progressing', { ...seen, status: { ...everywhere, updatedNumberScheduled: 1 } }],
  ['not ready', 'progressing', { ...seen, status: { ...everywhere, numberReady: 0 } }],
  ['not available', 'progressing', { ...seen, status: { ...everywhere, numberAvailable: 0 } }],
  ['there is no node for it', 'ready', { ...seen, status: { ...everywhere, desiredNumberScheduled: 0 } }],
]);

const replicaSets = casesOf('apps/v1', 'ReplicaSet', [
  ['all are available', 'ready', { spec: { replicas: 2 }, status: { replicas: 2, readyReplicas: 2, availableReplicas: 2 } }],
  ['one is not', 'progressing', { spec: { replicas: 2 }, status: { replicas: 2, readyReplicas: 2, availableReplicas: 1 } }],
  [
    'pods are refused',
    'progressing',
    { spec: { replicas: 2 }, status: { conditions: [condition('ReplicaFailure', 'True', 'FailedCreate', 'quota')] } },
  ],
]);

const jobs = casesOf('batch/v1', 'Job', [
  ['it is complete', 'ready', { status: { startTime: 't', conditions: [condition('Complete', 'True')] } }],
  ['it has failed', 'failed', { status: { conditions: [condition('Failed', 'True', 'BackoffLimitExceeded', 'too often')] } }],
  ['it runs', 'progressing', { status: { startTime: 't', active: 1 } }],
  ['it has not begun', 'progressing', {}],
  ['it is suspended', 'ready', { spec: { suspend: true } }],
]);

const crash = { state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } } };
const pods = casesOf('v1', 'Pod', [
  ['it is done', 'ready', { status: { phase: 'Succeeded' } }],
  ['it has failed', 'failed', { status: { phase: 'Failed' } }],
  ['it runs and is ready', 'ready', { status: { phase: 'Running', conditions: [condition('Ready', 'True')] } }],
  ['it runs and is not ready', 'progressing', { status: { phase: 'Running', conditions: [condition('Ready', 'False')] } }],
  ['it ends again and again', 'failed', { status: { phase: 'Running', containerStatuses: [crash] } }],
  ['it waits for a node since just now', 'progressing', unscheduled('2026-01-01T00:00:50Z')],
  ['it waits for a node for a minute', 'failed', unscheduled('2026-01-01T00:00:00Z')],
  ['it pulls its image', 'progressing', { status: { phase: 'Pending' } }],
  ['it has no phase yet', 'progressing', { status: {} }],
]);

function unscheduled(creationTimestamp: string): JsonObject {
  return {
    metadata: { creationTimestamp },
    status: { phase: 'Pending', conditions: [condition('PodScheduled', 'False', 'Unschedulable', 'no node')] },
  };
}

const storage = [
  ...casesOf('v1', 'PersistentVolumeClaim', [
    ['it is bound', 'ready', { status: { phase: 'Bound' } }],
    ['it waits for its first pod', 'ready', { status: { phase: 'Pending' } }],
    ['its volume is lost', 'failed', { status: { phase: 'Lost' } }],
  ]),
  ...casesOf('v1', 'ConfigMap', [['it is there', 'ready', { data: {} }]]),
  ...casesOf('v1', 'Secret', [['it is there', 'ready', { data: {} }]]),
  ...casesOf('v1', 'PersistentVolume', [['it is there', 'ready', { status: { phase: 'Available' } }]]),
];

const services = casesOf('v1', 'Service', [
  ['it has an address', 'ready', { spec: { clusterIP: '10.0.0.1' } }],
  ['it has none on purpose', 'ready', { spec: { clusterIP: 'None' } }],
  ['it is a name', 'ready', { spec: { type: 'ExternalName' } }],
  ['its balancer has no inner address yet', 'progressing', { spec: { type: 'LoadBalancer' } }],
  ['its balancer has no outer address: not every cluster gives one', 'ready', { spec: { type: 'LoadBalancer', clusterIP: '10.0.0.1' } }],
]);

const definitions = casesOf('apiextensions.k8s.io/v1', 'CustomResourceDefinition', [
  ['it is served', 'ready', { status: { conditions: [condition('NamesAccepted', 'True'), condition('Established', 'True')] } }],
  ['its name is taken', 'failed', { status: { conditions: [condition('NamesAccepted', 'False', 'Conflict', 'taken')] } }],
  ['it is being installed', 'progressing', { status: { conditions: [condition('Established', 'False', 'Installing')] } }],
  ['it cannot be served', 'failed', { status: { conditions: [condition('Established', 'False', 'NotAccepted')] } }],
  ['nobody has looked yet', 'progressing', {}],
]);

const others = [
  ...casesOf('apiregistration.k8s.io/v1', 'APIService', [
    ['it answers', 'ready', { status: { conditions: [condition('Available', 'True')] } }],
    ['it does not', 'progressing', { status: { conditions: [condition('Available', 'False', 'MissingEndpoints')] } }],
    ['nobody has looked yet', 'progressing', {}],
  ]),
  ...casesOf('autoscaling/v2', 'HorizontalPodAutoscaler', [
    ['it can scale', 'ready', { status: { conditions: [condition('AbleToScale', 'True')] } }],
    [
      'it has no metrics, which is not its matter',
      'ready',
      { status: { conditions: [condition('ScalingActive', 'False', 'FailedGetMetrics')] } },
    ],
    ['there is nothing to scale', 'progressing', { status: { conditions: [condition('AbleToScale', 'False', 'FailedGetScale')] } }],
    ['nobody has looked yet', 'ready', {}],
  ]),
  ...casesOf('gateway.networking.k8s.io/v1', 'Gateway', [
    ['it is programmed', 'ready', { status: { conditions: [condition('Accepted', 'True'), condition('Programmed', 'True')] } }],
    ['it is accepted alone', 'progressing', { status: { conditions: [condition('Accepted', 'True'), condition('Programmed', 'False')] } }],
    ['nobody has looked yet', 'progressing', {}],
    [
      'what is said of it was said before the latest change',
      'progressing',
      { ...seen, status: { conditions: [{ ...condition('Programmed', 'True'), observedGeneration: 1 }] } },
    ],
    [
      'what is said of it was said after the latest change',
      'ready',
      { ...seen, status: { conditions: [{ ...condition('Programmed', 'True'), observedGeneration: 2 }] } },
    ],
  ]),
  ...casesOf('gateway.networking.k8s.io/v1', 'HTTPRoute', [
    [
      'its gateway had taken what it was before',
      'progressing',
      { ...seen, ...routed([{ ...condition('Accepted', 'True'), observedGeneration: 1 }]) },
    ],
    ['its gateway has taken it', 'ready', routed([condition('Accepted', 'True'), condition('ResolvedRefs', 'True')])],
    ['its gateway does not take it', 'progressing', routed([condition('Accepted', 'False', 'NoMatchingParent')])],
    [
      'what it refers to is not there',
      'progressing',
      routed([condition('Accepted', 'True'), condition('ResolvedRefs', 'False', 'BackendNotFound')]),
    ],
    ['no gateway has answered', 'progressing', { spec: { parentRefs: [{ name: 'g' }] } }],
  ]),
  ...casesOf('policy/v1', 'PodDisruptionBudget', [
    ['nothing may be disrupted now', 'ready', { status: { conditions: [condition('DisruptionAllowed', 'False')] } }],
  ]),
  ...casesOf('batch/v1', 'CronJob', [['it is there', 'ready', { spec: {} }]]),
  ...casesOf('networking.k8s.io/v1', 'Ingress', [['it is there', 'ready', { spec: {} }]]),
  ...casesOf('v1', 'Namespace', [['it is active', 'ready', { status: { phase: 'Active' } }]]),
];

function routed(conditions: readonly JsonObject[]): JsonObject {
  return { spec: { parentRefs: [{ name: 'g' }] }, status: { parents: [{ conditions: [...conditions] }] } };
}

const custom = casesOf('example.com/v1', 'Database', [
  ['it says nothing of itself', 'ready', {}],
  ['it is ready', 'ready', { status: { conditions: [condition('Ready', 'True')] } }],
  ['it is not', 'progressing', { status: { conditions: [condition('Ready', 'False', 'Creating', 'it is made')] } }],
  ['it is not known', 'progressing', { status: { conditions: [condition('Ready', 'Unknown')] } }],
  ['it has stalled', 'failed', { status: { conditions: [condition('Ready', 'False'), condition('Stalled', 'True', 'BadSpec')] } }],
  ['it is being reconciled', 'progressing', { status: { conditions: [condition('Ready', 'True'), condition('Reconciling', 'True')] } }],
  [
    'its controller has not seen the change',
    'progressing',
    { metadata: { generation: 3 }, status: { observedGeneration: 2, conditions: [condition('Ready', 'True')] } },
  ],
  [
    'it is ready, and its controller has seen the change',
    'ready',
    { metadata: { generation: 3 }, status: { observedGeneration: 3, conditions: [condition('Ready', 'True')] } },
  ],
  ['its status is no map', 'ready', { status: 'fine' }],
  ['its conditions are no list', 'ready', { status: { conditions: 'fine' } }],
]);

const namesakes = [
  ...casesOf('serving.knative.dev/v1', 'Service', [
    ['a kind of the same name in another group has its own rule', 'progressing', { status: { conditions: [condition('Ready', 'False')] } }],
  ]),
  ...casesOf('v1', 'constructor', [['a kind called as what every object has', 'ready', {}]]),
];

/** Objects of all kinds that have a rule, and of some that have none. */
export const readinessCases: readonly ReadinessCase[] = [
  ...deployments,
  ...statefulSets,
  ...daemonSets,
  ...replicaSets,
  ...jobs,
  ...pods,
  ...storage,
  ...services,
  ...definitions,
  ...others,
  ...custom,
  ...namesakes,
];
