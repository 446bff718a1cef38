import type { Contract } from '../documents.ts';
import { host, numberOrText, password, port, size, text, username } from './schemas.ts';

export const messagingTypes: readonly Contract[] = [
  {
    type: 'amqp',
    version: '1.0.0',
    description: 'A virtual host on a RabbitMQ of its own.',
    stateful: true,
    params: { size },
    outputs: { host, port, vhost: { ...text, description: 'The name of the virtual host.' }, username, password },
  },
  {
    type: 'kafka-topic',
    version: '1.0.0',
    description: 'A topic on a Kafka broker of its own.',
    stateful: true,
    params: { size, partitions: { ...numberOrText, description: 'How many partitions the topic has when it is made: 3 by default.' } },
    outputs: {
      host,
      port,
      name: { ...text, description: 'The name of the topic.' },
      num_partitions: { type: 'integer', minimum: 1 },
    },
  },
];
