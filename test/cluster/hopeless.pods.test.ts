import { expect, inject, it } from 'vitest';
import { deploy, openTestInstallation, prepareEnvironment, score } from '../deploy/support.ts';
import { makeNamespace } from './live.ts';

it('a rollout whose pods can never start ends long before its deadline, and says why', async () => {
  const { client } = await openTestInstallation();
  const namespace = `hopeless-${process.pid}`;
  await makeNamespace(namespace);
  const inputs = { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds: 110 };
  const spec = { type: 'kubernetes', match: [{}], inputs };
  await prepareEnvironment(client, JSON.stringify({ apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec }));
  const { status, diagnostics } = await deploy(client, { sources: [score({ name: 'web', image: 'example/APP:1' })] });
  expect(status).toBe('failed');
  expect(diagnostics).toMatchObject([{ code: 'T6211', detail: expect.stringContaining(`Deployment ${namespace}/web`) }]);
  expect(diagnostics[0]?.detail).toContain('InvalidImageName');
  expect(diagnostics[0]?.detail).toContain('no name of one');
});
