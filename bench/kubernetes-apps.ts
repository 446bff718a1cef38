import { call, type ApiServer } from '../test/cluster/tools/call.ts';
import type { JsonObject } from '../src/core/index.ts';

/** An object as it is sent. */
export type Manifest = JsonObject & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
};

/** A workload as a cluster has it. */
export interface App {
  readonly name: string;
  readonly objects: readonly Manifest[];
}

/**
 * Apps of an account, a configuration, a service and a deployment that runs nothing: the machine shall not be busy with pods. The service has no
 * address of its own, for the more there are, the longer an API server looks for one.
 */
export function makeApps(namespace: string, count: number): readonly App[] {
  return Array.from({ length: count }, (_, index) => makeApp(namespace, `app-${String(index).padStart(4, '0')}`));
}

function makeApp(namespace: string, name: string): App {
  const labels = { 'app.kubernetes.io/name': name };
  const metadata = {
    name,
    namespace,
    // As long as those by which the target knows its objects: all send as much.
    labels: { ...labels, 'tutti.dev/set': '0123456789abcdef01234567' },
    annotations: { 'tutti.dev/id': `apps/Deployment:${namespace}/${name}`, 'tutti.dev/hash': '0123456789abcdef'.repeat(4) },
  };
  const probe = { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 };
  const container = {
    name: 'main',
    image: 'registry.example.com/app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    ports: [{ containerPort: 8080, protocol: 'TCP' }],
    envFrom: [{ configMapRef: { name } }],
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
    readinessProbe: probe,
  };
  const template = { metadata: { labels }, spec: { serviceAccountName: name, containers: [container] } };
  return {
    name,
    objects: [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { LEVEL: 'info', URL: `http://${name}`, REGION: 'eu-west-1' } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }] },
      },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 0, selector: { matchLabels: labels }, template } },
    ],
  };
}

export async function makeNamespace(server: ApiServer, name: string): Promise<void> {
  const { status } = await call(server, 'POST', '/api/v1/namespaces', {
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
  if (status !== 201) throw new Error(`the namespace ${name} was answered with ${status}`);
}
