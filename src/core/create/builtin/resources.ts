import type { JsonObject } from '../../model/value.ts';
import { composeRecipes } from './compose.ts';
import { describeDefinition, describeType, type Contract, type Recipe } from './documents.ts';
import { kubernetesRecipes } from './kubernetes.ts';
import { elasticsearch, mongodb, mssql, mysql, postgres, postgresInstance, redis } from './servers/databases.ts';
import { describeForCompose } from './servers/for-compose.ts';
import { describeForKubernetes } from './servers/for-kubernetes.ts';
import { amqp, kafkaTopic } from './servers/messaging.ts';
import type { Server } from './servers/server.ts';
import { s3 } from './servers/storage.ts';
import { databaseTypes } from './types/databases.ts';
import { environmentTypes } from './types/environment.ts';
import { messagingTypes } from './types/messaging.ts';
import { networkTypes } from './types/network.ts';
import { storageTypes } from './types/storage.ts';

/** The contracts of the types that Score files ask for most. */
const contracts: readonly Contract[] = [...databaseTypes, ...messagingTypes, ...storageTypes, ...networkTypes, ...environmentTypes];

const servers: readonly Server[] = [postgres, postgresInstance, mysql, mssql, mongodb, redis, elasticsearch, amqp, kafkaTopic, s3];

const dns: Recipe = { type: 'dns', driver: 'static', inputs: { outputs: { host: '${resource.slug}.localhost' } } };

/** Built-in contracts and definitions, for Kubernetes and for Compose. */
export const resourceDocuments: readonly JsonObject[] = [
  ...contracts.map(describeType),
  ...servers.flatMap((server) => [describeForKubernetes(server), describeForCompose(server)]),
  ...[dns, ...kubernetesRecipes, ...composeRecipes].map(describeDefinition),
];

/** Where environments go as long as the platform configuration has no target. */
export const targetFile = `# Without a Target of the platform team: a folder to look at.
apiVersion: tutti.dev/v1
kind: Target
metadata: {name: directory}
spec:
  type: directory
  match: [{}]
  inputs:
    path: .tutti/out/\${context.project}/\${context.environment}
`;
