import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { deploy, follow, need, openTestInstallation, prepareEnvironment, ref, type TestInstallation } from '../deploy/support.ts';
import { ask, askWithoutEnd, makeNamespace, patience, untilAnswer } from './live.ts';
import { nodeImage } from './tools/images.ts';

type Client = TestInstallation['client'];

/** Which nobody may read in what is said of a program that prints it. */
const password = 'correct-horse-battery';

let count = 0;

async function prepare(client: Client, timeoutSeconds: number): Promise<string> {
  const namespace = `rollout-${process.pid}-${++count}`;
  await makeNamespace(namespace);
  const inputs = { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds };
  const spec = { type: 'kubernetes', match: [{}], inputs };
  await prepareEnvironment(client, JSON.stringify({ apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec }));
  need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '2' } } }));
  need(await client.call('secrets.set', { ...ref, key: 'PASSWORD', body: { value: password } }));
  onTestFinished(async () => void (await ask('DELETE', `/api/v1/namespaces/${namespace}`)));
  return namespace;
}

/** Serves its version; goes on for a moment when it is to end, since others learn of that later than it does. */
const server = `
  const { createServer } = require('http');
  console.log('version ' + process.env.VERSION);
  createServer((_, to) => to.end(process.env.VERSION)).listen(8080);
  process.on('SIGTERM', () => setTimeout(() => process.exit(0), 2000));
`;

function web(version: string, { image = nodeImage.name, program = server, path = '/' } = {}) {
  const main = {
    image,
    command: ['node', '-e', program],
    variables: { VERSION: version, PASSWORD: '${resources.settings.PASSWORD}' },
    readinessProbe: { httpGet: { path, port: 8080 } },
  };
  const text = JSON.stringify({
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    service: { ports: { http: { port: 80, targetPort: 8080 } } },
    containers: { main },
    resources: { settings: { type: 'environment' } },
  });
  return { file: 'web.yaml', text };
}

async function urlOf(namespace: string): Promise<string> {
  const { spec } = await ask('GET', `/api/v1/namespaces/${namespace}/services/web`);
  return `http://${spec.clusterIP}/`;
}

describe('a workload with pods', () => {
  it('answers, and goes over to the next version without a request that fails', async () => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client, 60);
    expect(await deploy(client, { sources: [web('one')] })).toMatchObject({ status: 'succeeded', diagnostics: [] });
    const url = await urlOf(namespace);
    expect(await untilAnswer(url)).toBe('one');
    expect(need(await client.call('environments.status', ref))).toMatchObject({ health: 'healthy', workloads: [{ health: 'healthy' }] });
    const end = askWithoutEnd(url);
    expect(await deploy(client, { sources: [web('two')] })).toMatchObject({ status: 'succeeded', diagnostics: [] });
    const answers = await end();
    expect([...new Set(answers)].toSorted()).toEqual(['one', 'two']);
    // The way to the last old pod ends a moment after it is told to go.
    await expect.poll(() => untilAnswer(url), patience).toBe('two');
  });

  it.each([
    [
      'a program that ends',
      { program: `console.error('no database at db.example.com with ' + process.env.PASSWORD); process.exit(3)` },
      ['exit code 3', 'no database at db.example.com with ‹secret›'],
    ],
    ['an image that is not there', { image: 'registry.invalid/nobody/nothing:1' }, ['ImagePull', 'registry.invalid/nobody/nothing:1']],
    ['a probe that fails', { path: 'x', program: server.replace('to.end(', 'to.writeHead(500).end(') }, ['Readiness probe failed', '500']],
  ])('says why %s does not become ready, and rollback brings the old one back', async (_, broken, said) => {
    const { client } = await openTestInstallation();
    const namespace = await prepare(client, 12);
    expect(await deploy(client, { sources: [web('one')] })).toMatchObject({ status: 'succeeded' });
    const failed = await deploy(client, { sources: [web('two', broken)] });
    expect(failed).toMatchObject({ status: 'failed', diagnostics: [{ detail: expect.stringContaining(`Deployment ${namespace}/web`) }] });
    for (const part of said) expect(failed.diagnostics[0]?.detail).toContain(part);
    expect(JSON.stringify(failed)).not.toContain(password);
    const { workloads } = need(await client.call('environments.status', ref));
    expect(workloads).toMatchObject([{ name: 'web', health: expect.stringMatching(/^(degraded|progressing)$/) }]);
    expect(await untilAnswer(await urlOf(namespace))).toBe('one');
    const accepted = need(await client.call('deployments.create', { ...ref, body: { change: { kind: 'rollback', to: 1 } } }));
    expect(await follow(client, accepted.number)).toMatchObject({ status: 'succeeded' });
    const { status } = await ask('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/web`);
    expect(status).toMatchObject({ readyReplicas: 2, updatedReplicas: 2, replicas: 2 });
  });
});
