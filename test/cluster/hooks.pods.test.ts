import { expect, inject, it, onTestFinished } from 'vitest';
import { deploy, follow, need, openTestInstallation, prepareEnvironment, ref, type TestInstallation } from '../deploy/support.ts';
import { ask, makeNamespace } from './live.ts';
import { nodeImage } from './tools/images.ts';

type Client = TestInstallation['client'];

let count = 0;

/** A definition whose only object is a hook: what a workload needs of the type `step` is run when the workload changes. */
const step = `
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: step}
spec:
  type: step
  match: [{}]
  driver: template
  inputs:
    outputs: {}
    manifests:
      - apiVersion: batch/v1
        kind: Job
        metadata:
          name: "step-\${resource.name}"
          annotations: {tutti.dev/hook: "\${params.when}", tutti.dev/irreversible: "\${'undo' in params ? params.undo : ''}"}
        spec:
          backoffLimit: 0
          template:
            spec:
              restartPolicy: Never
              containers: [{name: main, image: "${nodeImage.name}", command: [node, -e, "\${params.program}"]}]
`;

async function prepare(client: Client): Promise<string> {
  const namespace = `hooks-${process.pid}-${++count}`;
  await makeNamespace(namespace);
  const inputs = { kubeconfig: inject('kubeconfig'), namespace, timeoutSeconds: 40 };
  const spec = { type: 'kubernetes', match: [{}], inputs };
  const target = JSON.stringify({ apiVersion: 'tutti.dev/v1', kind: 'Target', metadata: { name: 'cluster' }, spec });
  await prepareEnvironment(client, target, [{ file: 'step.yaml', text: step }]);
  onTestFinished(async () => void (await ask('DELETE', `/api/v1/namespaces/${namespace}`)));
  return namespace;
}

const server = `require('http').createServer((_, to) => to.end('ok')).listen(8080); process.on('SIGTERM', () => process.exit(0))`;

function web(version: string, programs: { readonly before?: string; readonly after?: string; readonly isForGood?: boolean } = {}) {
  const { before = "console.log('migrated')", after = "console.log('checked')" } = programs;
  const main = { image: nodeImage.name, command: ['node', '-e', server], variables: { VERSION: version } };
  return {
    file: 'web.yaml',
    text: JSON.stringify({
      apiVersion: 'score.dev/v1b1',
      metadata: { name: 'web' },
      containers: { main: { ...main, readinessProbe: { httpGet: { path: '/', port: 8080 } } } },
      resources: {
        migrate: { type: 'step', params: { when: 'before', program: before, undo: programs.isForGood === true ? 'true' : '' } },
        check: { type: 'step', params: { when: 'after', program: after } },
      },
    }),
  };
}

interface Job {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string };
  readonly status: { readonly succeeded?: number };
}

async function listJobs(namespace: string): Promise<readonly string[]> {
  const { items } = await ask('GET', `/apis/batch/v1/namespaces/${namespace}/jobs`);
  const jobs: readonly Job[] = items;
  return jobs.map(({ metadata, status }) => `${metadata.name} ${status.succeeded ?? 0}`).toSorted();
}

function errorOf({ diagnostics }: Awaited<ReturnType<typeof deploy>>): string {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ detail }) => detail)
    .join('\n');
}

async function generationOf(namespace: string): Promise<number | undefined> {
  return (await ask('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/web`)).metadata?.generation;
}

it('runs jobs before and after a workload is deployed, once for each deployment that changes it', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client);
  const planned = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web('one')] } });
  expect(planned.diagnostics.map(({ code, detail }) => `${code} ${detail.replace(namespace, 'NS')}`)).toEqual([
    expect.stringMatching(/^T5107 Job step-migrate in NS runs before step\.default#web\.migrate is deployed\.$/),
    expect.stringMatching(/^T5107 Job step-check in NS runs when all is deployed and ready, for step\.default#web\.check\.$/),
  ]);
  expect(await deploy(client, { sources: [web('one')] })).toMatchObject({ status: 'succeeded' });
  expect(await listJobs(namespace)).toEqual(['step-check-1 1', 'step-migrate-1 1']);
  expect(need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web('one')] } })).plan.summary.isEmpty).toBe(
    true,
  );
  expect(await deploy(client, { sources: [web('two')] })).toMatchObject({ status: 'succeeded' });
  expect(await listJobs(namespace)).toEqual(['step-check-1 1', 'step-check-2 1', 'step-migrate-1 1', 'step-migrate-2 1']);
  const keys = need(await client.call('environments.status', ref)).objects.map(({ key }) => key);
  expect(keys.filter((key) => key.includes('Job'))).toEqual([]);
});

it('leaves the workload as it was when a job before it fails, and says what the job wrote', async () => {
  const { client } = await openTestInstallation();
  const namespace = await prepare(client);
  expect(await deploy(client, { sources: [web('one')] })).toMatchObject({ status: 'succeeded' });
  const generation = await generationOf(namespace);
  const failing = { before: "console.error('no such table: orders'); process.exit(3)" };
  const failed = await deploy(client, { sources: [web('two', failing)] });
  expect(failed).toMatchObject({ status: 'failed' });
  expect(errorOf(failed)).toMatch(/Job .*step-migrate-2.*no such table: orders/);
  expect(await generationOf(namespace)).toBe(generation);
  const late = { after: "console.error('the page is empty'); process.exit(4)" };
  const after = await deploy(client, { sources: [web('three', late)] });
  expect(after).toMatchObject({ status: 'failed' });
  expect(errorOf(after)).toMatch(/Job .*step-check-3.*the page is empty/);
  expect(await generationOf(namespace)).not.toBe(generation);
});

it('stops a rollback that goes over what cannot be undone, and goes on when it is confirmed', async () => {
  const { client } = await openTestInstallation();
  await prepare(client);
  const isForGood = true;
  expect(await deploy(client, { sources: [web('one', { isForGood })] })).toMatchObject({ status: 'succeeded' });
  expect(await deploy(client, { sources: [web('two', { isForGood })] })).toMatchObject({
    status: 'succeeded',
    irreversible: [expect.stringMatching(/^Job step-migrate/)],
  });
  const { id, plan } = need(await client.call('plans.create', { ...ref, body: { kind: 'rollback' } }));
  expect(plan.brakes).toMatchObject([{ kind: 'irreversible', reason: expect.stringMatching(/Job step-migrate .*\(deployment 2\)$/) }]);
  expect(await client.call('deployments.create', { ...ref, body: { plan: id } })).toMatchObject({ ok: false, code: 'T4010' });
  const accepted = need(await client.call('deployments.create', { ...ref, body: { plan: id, confirm: plan.digest } }));
  expect(await follow(client, accepted.number)).toMatchObject({ status: 'succeeded' });
});
