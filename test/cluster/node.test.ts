import { afterEach, describe, expect, inject, it } from 'vitest';
import { runCommand } from './support.ts';
import { call } from './tools/call.ts';
import { fakeNode } from './tools/controllers.ts';
import { busyboxImage, nodeImage } from './tools/images.ts';

const namespace = 'node-test';

async function ask(method: string, path: string, body?: object): Promise<ReturnType<typeof Object>> {
  const answer = await call(inject('apiServer'), method, path, body && { body });
  return Object(answer.body);
}

async function makeNamespace(): Promise<void> {
  await ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
}

async function makeDeployment(name: string, replicas: number, pod: object): Promise<void> {
  const labels = { app: name };
  const spec = { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } };
  await ask('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec,
  });
}

async function countReady(name: string): Promise<number> {
  const { status } = await ask('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`);
  return status?.readyReplicas ?? 0;
}

const patience = { timeout: 60_000, interval: 200 };

describe('the cluster of the tests', () => {
  afterEach(async () => {
    for (const name of ['answering', 'many']) await ask('DELETE', `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`);
  });

  it('has nodes that run nothing, on which two hundred pods are ready soon', async () => {
    await makeNamespace();
    await makeDeployment('many', 200, {
      nodeSelector: fakeNode.label,
      tolerations: [{ key: fakeNode.taint, operator: 'Exists' }],
      containers: [{ name: 'main', image: busyboxImage.name }],
    });
    await expect.poll(() => countReady('many'), patience).toBe(200);
  });

  it.skipIf(inject('withoutNode') !== undefined)('has a node that runs pods: their addresses, names and words are real', async () => {
    await makeNamespace();
    const program = `console.log('listening'); require('http').createServer((_, to) => to.end('hello')).listen(8080)`;
    await makeDeployment('answering', 1, {
      containers: [
        {
          name: 'main',
          image: nodeImage.name,
          imagePullPolicy: 'IfNotPresent',
          command: ['node', '-e', program],
          readinessProbe: { httpGet: { port: 8080, path: '/' } },
        },
      ],
    });
    const service = { metadata: { name: 'answering' }, spec: { selector: { app: 'answering' }, ports: [{ port: 80, targetPort: 8080 }] } };
    const { spec } = await ask('POST', `/api/v1/namespaces/${namespace}/services`, service);
    await expect.poll(() => countReady('answering'), patience).toBe(1);
    await expect.poll(() => read(`http://${spec.clusterIP}/`), patience).toBe('hello');
    const kubectl = (...args: readonly string[]) => runCommand('kubectl', ['--kubeconfig', inject('kubeconfig'), '-n', namespace, ...args]);
    expect(await kubectl('logs', 'deployment/answering')).toMatchObject({ code: 0, output: 'listening\n' });
    const get = `fetch('http://answering.${namespace}.svc.cluster.local/').then((got) => got.text()).then(console.log)`;
    expect(await kubectl('exec', 'deployment/answering', '--', 'node', '-e', get)).toMatchObject({ code: 0, output: 'hello\n' });
  });
});

async function read(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
  return answer.text();
}
