import { it } from 'vitest';
import { ask, makeDeployment, makeNamespace, untilReady } from './live.ts';
import { fakeNode } from './tools/controllers.ts';
import { busyboxImage } from './tools/images.ts';

const namespace = 'fake-nodes-test';

it('two hundred pods are ready soon on nodes that run nothing', async () => {
  await makeNamespace(namespace);
  const pod = {
    nodeSelector: fakeNode.label,
    tolerations: [{ key: fakeNode.taint, operator: 'Exists' }],
    containers: [{ name: 'main', image: busyboxImage.name }],
  };
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  await ask('POST', path, makeDeployment('many', 200, pod));
  await untilReady(`${path}/many`, 200);
  await ask('DELETE', `${path}/many`);
});
