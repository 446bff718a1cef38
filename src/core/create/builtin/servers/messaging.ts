import type { Server } from './server.ts';

const host = '${locals.name}';

export const amqp: Server = {
  type: 'amqp',
  prefix: 'amqp-',
  image: 'docker.io/library/rabbitmq:4.0.5',
  user: 999,
  group: 999,
  port: 5672,
  generate: { password: { kind: 'password', length: 24 } },
  outputs: { host, port: 5672, vhost: 'app', username: 'app', password: '${generate.password}' },
  secrets: { password: '${generate.password}' },
  variables: { RABBITMQ_DEFAULT_USER: 'app', RABBITMQ_DEFAULT_VHOST: 'app' },
  secretVariables: { RABBITMQ_DEFAULT_PASS: 'password' },
  // Not the folder above it: a file in there must belong to nobody else, and a group would be given it.
  data: { path: '/var/lib/rabbitmq/mnesia' },
  composeData: '/var/lib/rabbitmq',
  resources: { cpu: '100m', memory: '256Mi', memoryMax: '512Mi' },
  // It listens once it has started wholly.
  probes: {
    startup: { tcpSocket: { port: 5672 } },
    readiness: { tcpSocket: { port: 5672 } },
    liveness: { exec: { command: ['rabbitmq-diagnostics', '-q', 'ping'] }, periodSeconds: 60, timeoutSeconds: 30 },
  },
  check: ['CMD', 'bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/5672'],
};

/** Clients of the environment are told its name; what makes the topic asks on this machine, before that name answers. */
const kafkaListeners = {
  KAFKA_LISTENERS: 'PLAINTEXT://:9092,LOCAL://localhost:9094,CONTROLLER://localhost:9093',
  KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:9092,LOCAL://localhost:9094`,
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,LOCAL:PLAINTEXT,PLAINTEXT:PLAINTEXT',
  KAFKA_INTER_BROKER_LISTENER_NAME: 'LOCAL',
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
};

const makeTopic = [
  '/opt/kafka/bin/kafka-topics.sh',
  '--bootstrap-server=localhost:9094',
  '--create',
  '--if-not-exists',
  '--topic=${locals.topic}',
  '--partitions=${locals.partitions}',
  '--replication-factor=1',
];

export const kafkaTopic: Server = {
  type: 'kafka-topic',
  prefix: 'kafka-',
  image: 'docker.io/apache/kafka:3.9.0',
  user: 1000,
  group: 1000,
  port: 9092,
  generate: {},
  locals: { topic: '${resource.slug}', partitions: "${'partitions' in params ? int(params.partitions) : 3}" },
  outputs: { host, port: 9092, name: '${locals.topic}', num_partitions: '${locals.partitions}' },
  secrets: {},
  variables: {
    ...kafkaListeners,
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_HEAP_OPTS: '-Xms256m -Xmx256m',
    // Not the volume itself, in which some file systems keep a folder of their own: that is taken for a broken log.
    KAFKA_LOG_DIRS: '/var/lib/kafka/data/logs',
  },
  secretVariables: {},
  data: { path: '/var/lib/kafka/data' },
  resources: { cpu: '200m', memory: '768Mi', memoryMax: '1Gi' },
  probes: {
    startup: { exec: { command: makeTopic }, periodSeconds: 10, timeoutSeconds: 30 },
    readiness: { tcpSocket: { port: 9092 } },
    liveness: { tcpSocket: { port: 9092 } },
  },
  // Once it is made the broker is only asked whether it listens: the tool is slow.
  check: ['CMD-SHELL', `if [ -e /tmp/made ]; then nc -z localhost 9094; else ${makeTopic.join(' ')} && touch /tmp/made; fi`],
};
