import { expect, inject, it } from 'vitest';
import { ask, makeDeployment, makeNamespace, untilAnswer, untilReady } from './live.ts';
import { runCommand } from './support.ts';
import { nodeImage } from './tools/images.ts';

const namespace = 'node-test';

const kubectl = (...args: readonly string[]) => runCommand('kubectl', ['--kubeconfig', inject('kubeconfig'), '-n', namespace, ...args]);

it('pods run for real: their addresses, their names, and what they say', async () => {
  await makeNamespace(namespace);
  const program = `console.log('listening'); require('http').createServer((_, to) => to.end('hello')).listen(8080)`;
  const container = {
    name: 'main',
    image: nodeImage.name,
    imagePullPolicy: 'IfNotPresent',
    command: ['node', '-e', program],
    readinessProbe: { httpGet: { port: 8080, path: '/' } },
  };
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  await ask('POST', path, makeDeployment('answering', 1, { containers: [container] }));
  const service = { metadata: { name: 'answering' }, spec: { selector: { app: 'answering' }, ports: [{ port: 80, targetPort: 8080 }] } };
  const { spec } = await ask('POST', `/api/v1/namespaces/${namespace}/services`, service);
  await untilReady(`${path}/answering`, 1);
  expect(await untilAnswer(`http://${spec.clusterIP}/`)).toBe('hello');
  expect(await kubectl('logs', 'deployment/answering')).toMatchObject({ code: 0, output: 'listening\n' });
  const get = `fetch('http://answering.${namespace}.svc.cluster.local/').then((got) => got.text()).then(console.log)`;
  expect(await kubectl('exec', 'deployment/answering', '--', 'node', '-e', get)).toMatchObject({ code: 0, output: 'hello\n' });
  await ask('DELETE', `${path}/answering`);
});
