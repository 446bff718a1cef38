import type { Contract } from '../documents.ts';
import { secret, size, text } from './schemas.ts';

export const storageTypes: readonly Contract[] = [
  {
    type: 'volume',
    version: '1.1.0',
    description: 'A folder that outlives its containers.',
    stateful: true,
    params: {
      size: {
        type: 'string',
        pattern: '^[1-9][0-9]*[KMGT]i$',
        description: 'How much room is claimed: 1Gi by default. A volume of Compose takes as much as it needs.',
      },
    },
    outputs: {
      source: { type: ['object', 'string'], description: 'A volume source of Kubernetes, or the name of a volume of Compose.' },
      type: { type: 'string', enum: ['volume', 'tmpfs', 'bind'], description: 'In Compose: what the source is.' },
    },
    optionalOutputs: ['source', 'type'],
  },
  {
    type: 's3',
    version: '1.0.0',
    description: 'A bucket on an S3-compatible server of its own.',
    stateful: true,
    params: { size },
    outputs: {
      bucket: { ...text, description: 'The name of the bucket.' },
      access_key_id: text,
      secret_key: secret,
      endpoint: { ...text, description: 'The URL of the server; buckets are addressed by path.' },
      region: text,
      aws_access_key_id: { ...text, description: 'The same as access_key_id.' },
      aws_secret_key: { ...secret, description: 'The same as secret_key.' },
    },
  },
];
