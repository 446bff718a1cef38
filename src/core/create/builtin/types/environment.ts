import type { Contract } from '../documents.ts';
import { numberOrText } from './schemas.ts';

const percent = { type: ['integer', 'string'], minimum: 1, pattern: '^[1-9][0-9]{0,3}$' };

export const environmentTypes: readonly Contract[] = [
  {
    type: 'environment',
    version: '1.0.0',
    description: 'The values of the environment, each an output. tutti answers it itself.',
    stateful: false,
    outputs: {},
  },
  {
    type: 'horizontal-pod-autoscaler',
    version: '1.0.0',
    description: 'Runs as many replicas of the workload as its load asks for.',
    stateful: false,
    params: {
      minReplicas: { ...numberOrText, description: 'The fewest replicas: 1 by default.' },
      maxReplicas: { ...numberOrText, description: 'The most replicas: 10 by default.' },
      targetCPUUtilizationPercentage: {
        ...percent,
        description: 'How much of the requested CPU the replicas use on average: 80 by default, unless memory is given alone.',
      },
      targetCPUUtilization: { ...percent, description: 'The same as targetCPUUtilizationPercentage.' },
      targetMemoryUtilizationPercentage: { ...percent, description: 'How much of the requested memory the replicas use on average.' },
      targetMemoryUtilization: { ...percent, description: 'The same as targetMemoryUtilizationPercentage.' },
    },
    outputs: {},
  },
];
