import { expect, it } from 'vitest';
import { openCluster } from './open-cluster.ts';

const config = JSON.stringify({
  clusters: [{ name: 'c', cluster: { server: 'https://c' } }],
  users: [{ name: 'u', user: { token: 't' } }],
  contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
  'current-context': 'x',
});

const host = { env: {}, home: '/home', readText: async () => config, sleep: async () => undefined };

it.each([[{}], [{ user: '' }], [{ user: '  ' }], [{ groups: ['admins'] }], ['somebody']])(
  'a target that says to act as somebody, and not as whom, opens nothing: %j',
  async (impersonate) => {
    const opened = await openCluster({ impersonate }, host);
    expect(opened.value).toBeUndefined();
    expect(opened.diagnostics).toMatchObject([{ code: 'T6214', detail: expect.stringContaining('acts as nobody') }]);
  },
);

it('without a kubeconfig, and outside a cluster, it says so', async () => {
  const opened = await openCluster({}, { ...host, readText: async () => undefined });
  expect(opened.diagnostics).toMatchObject([{ code: 'T6214', detail: expect.stringContaining('There is no kubeconfig') }]);
});

it('in a cluster the account of the pod is used', async () => {
  const files = new Map([
    ['/var/run/secrets/kubernetes.io/serviceaccount/token', 'of the pod'],
    ['/var/run/secrets/kubernetes.io/serviceaccount/ca.crt', 'authority'],
  ]);
  const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };
  const opened = await openCluster({}, { ...host, env, readText: async (path: string) => files.get(path) });
  expect(opened.value?.location).toBe('https://10.0.0.1:443');
});
