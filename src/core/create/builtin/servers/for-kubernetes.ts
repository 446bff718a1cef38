import type { Json, JsonObject } from '../../../model/value.ts';
import { describeDefinition } from '../documents.ts';
import type { Server } from './server.ts';

const name = '${locals.name}';
const selected = { 'tutti.dev/resource': name };
const dataVolume = 'data';

/** Meets the need with a Secret, a Service, and a StatefulSet of one pod; a server that keeps nothing is a Deployment. */
export function describeForKubernetes(server: Server): JsonObject {
  const { type, prefix, generate, locals, outputs, data } = server;
  return describeDefinition({
    type,
    format: 'kubernetes',
    inputs: {
      generate,
      locals: { name: `${prefix}\${resource.slug}`, ...(data && { storage: claimed }), ...locals },
      outputs,
      manifests: [...listSecrets(server), describeService(server), data ? describeStatefulSet(server, data) : describeDeployment(server)],
    },
  });
}

const claimed = "${'size' in params && params.size == 'large' ? '20Gi' : '1Gi'}";

function listSecrets({ secrets }: Server): readonly JsonObject[] {
  return Object.keys(secrets).length === 0 ? [] : [{ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: secrets }];
}

function describeService({ type, port }: Server): JsonObject {
  const portName = portNameOf(type);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: selected, ports: [{ name: portName, port, targetPort: port }] },
  };
}

/** Names of ports have at most 15 characters. */
function portNameOf(type: string): string {
  return type.slice(0, 15).replace(/-+$/, '');
}

function describeDeployment(server: Server): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas: 1, strategy: { type: 'Recreate' }, selector: { matchLabels: selected }, template: describePod(server) },
  };
}

function describeStatefulSet(server: Server, { path }: { readonly path: string }): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: selected },
      template: describePod(server, path),
      volumeClaimTemplates: [
        {
          metadata: { name: dataVolume },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '${locals.storage}' } } },
        },
      ],
    },
  };
}

function describePod(server: Server, dataPath?: string): JsonObject {
  const { user, group, scratch = [] } = server;
  return {
    metadata: { labels: selected },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: group,
        fsGroup: group,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [describeContainer(server, dataPath)],
      ...(scratch.length > 0 && { volumes: scratch.map((_, index) => ({ name: scratchName(index), emptyDir: {} })) }),
    },
  };
}

function scratchName(index: number): string {
  return `scratch-${index + 1}`;
}

function describeContainer(server: Server, dataPath: string | undefined): JsonObject {
  const { type, image, command, args, port, resources, probes } = server;
  const mounts = listMounts(server, dataPath);
  return {
    name: type,
    image,
    ...(command && { command }),
    ...(args && { args }),
    securityContext: describeSecurity(server),
    env: listVariables(server),
    ports: [{ name: portNameOf(type), containerPort: port }],
    startupProbe: { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60, ...probes.startup },
    readinessProbe: { periodSeconds: 10, timeoutSeconds: 5, ...probes.readiness },
    livenessProbe: { periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6, ...probes.liveness },
    resources: { requests: { cpu: resources.cpu, memory: resources.memory }, limits: { memory: resources.memoryMax } },
    ...(mounts.length > 0 && { volumeMounts: mounts }),
  };
}

function describeSecurity({ user, scratch, capabilities }: Server): JsonObject {
  return {
    allowPrivilegeEscalation: false,
    privileged: false,
    runAsUser: user,
    runAsNonRoot: true,
    readOnlyRootFilesystem: scratch !== undefined,
    capabilities: { drop: ['ALL'], ...(capabilities && { add: capabilities }) },
  };
}

function listVariables({ variables, secretVariables }: Server): readonly Json[] {
  const plain = Object.entries(variables).map(([variable, value]) => ({ name: variable, value }));
  const secret = Object.entries(secretVariables).map(([variable, key]) => ({
    name: variable,
    valueFrom: { secretKeyRef: { name, key } },
  }));
  return [...secret, ...plain];
}

function listMounts({ data, scratch = [] }: Server, dataPath: string | undefined): readonly JsonObject[] {
  const subPath = data?.subPath;
  return [
    ...(dataPath === undefined ? [] : [{ name: dataVolume, mountPath: dataPath, ...(subPath !== undefined && { subPath }) }]),
    ...scratch.map((path, index) => ({ name: scratchName(index), mountPath: path })),
  ];
}
