import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codesOf, deploy, need, openTestInstallation, prepareEnvironment, readFiles, ref, score } from './support.ts';

const db = { db: { type: 'postgres' } };
const api = score({ name: 'api', variables: { HOST: '${resources.db.host}', PASSWORD: '${resources.db.password}' }, resources: db });
const web = score({ name: 'web', variables: { LEVEL: '${resources.env.LEVEL}' }, resources: { env: { type: 'environment' } } });

async function planOf(client: Parameters<typeof deploy>[0], body: object = { sources: [] }) {
  return need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', ...body } })).plan;
}

function effective(plan: Awaited<ReturnType<typeof planOf>>) {
  return plan.changes
    .filter((change) => change.action !== 'unchanged')
    .map((change) => {
      const { subject } = change;
      const name =
        subject.kind === 'workload' ? subject.name : subject.kind === 'resource' ? subject.uid : subject.key.replace(/:[^/]*\//, ':');
      return `${change.action} ${name} (${change.cause})`;
    });
}

describe('a deployment', () => {
  it('writes the environment, and then there is nothing more to do', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client);
    const first = await deploy(client, { sources: [api] });
    expect(first).toMatchObject({ status: 'succeeded', number: 1, location: 'out/staging' });
    const files = await readFiles(join(folder, 'out/staging'));
    expect(Object.keys(files).filter((name) => name.includes('deployment'))).toEqual(['manifests/deployment-api.yaml']);
    expect(effective(await planOf(client))).toEqual([]);
    const again = await deploy(client, { sources: [api] });
    expect(again.status).toBe('succeeded');
    expect(await readFiles(join(folder, 'out/staging'))).toEqual(files);
  });

  it('says that nothing is observed where nothing is', async () => {
    const { client } = await openTestInstallation();
    await prepareEnvironment(client);
    await deploy(client, { sources: [api] });
    const status = need(await client.call('environments.status', ref));
    expect(status).toMatchObject({ health: 'not-observed', workloads: [{ name: 'api', status: 'ready', health: 'not-observed' }] });
  });

  it('changes what a value is read by, and nothing else', async () => {
    const { client } = await openTestInstallation();
    await prepareEnvironment(client);
    need(await client.call('values.change', { ...ref, body: { set: { LEVEL: 'info' } } }));
    await deploy(client, { sources: [api, web] });
    need(await client.call('values.change', { ...ref, body: { set: { LEVEL: 'debug' } } }));
    expect(effective(await planOf(client))).toEqual(['update web (values)', 'update apps/Deployment:web (values)']);
  });

  it('says which value is missing, and where it is read', async () => {
    const { client } = await openTestInstallation();
    await prepareEnvironment(client);
    const answer = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [web] } });
    expect(codesOf(answer)).toEqual(['T3203']);
    expect(answer.diagnostics[0]).toMatchObject({ detail: expect.stringContaining('LEVEL'), source: { file: 'web.yaml' } });
  });

  it('takes a new image without the Score file', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client);
    await deploy(client, { sources: [api] });
    const plan = await planOf(client, { images: { api: 'example/app:2' } });
    expect(effective(plan)).toEqual(['update api (image)', 'update apps/Deployment:api (image)']);
    await deploy(client, { images: { api: 'example/app:2' } });
    const files = await readFiles(join(folder, 'out/staging/manifests'));
    expect(files['deployment-api.yaml']).toContain('image: example/app:2');
  });

  it('shows a change by hand as drift and mends it', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client);
    await deploy(client, { sources: [api] });
    const path = join(folder, 'out/staging/manifests/deployment-api.yaml');
    await writeFile(path, 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\n');
    expect(effective(await planOf(client))).toContain('update apps/Deployment:api (drift)');
    await deploy(client, { sources: [] });
    expect((await readFiles(join(folder, 'out/staging/manifests')))['deployment-api.yaml']).toContain('example/app:1');
  });

  it('keeps data when its workload goes, and deletes it only by name', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client);
    need(await client.call('values.change', { ...ref, body: { set: { LEVEL: 'info' } } }));
    await deploy(client, { sources: [api, web] });
    const plan = await planOf(client, { remove: ['api'] });
    expect(effective(plan)).toContain('retain postgres.default#api.db (request)');
    await deploy(client, { remove: ['api'], confirm: plan.digest });
    const { resources } = need(await client.call('resources.list', ref));
    expect(resources).toMatchObject([{ uid: 'postgres.default#api.db', status: 'retained' }]);
    const kept = Object.keys(await readFiles(join(folder, 'out/staging/manifests')));
    expect(kept.filter((name) => name.startsWith('statefulset-'))).toHaveLength(1);
    expect(kept).not.toContain('deployment-api.yaml');
    const uid = 'postgres.default#api.db';
    const last = await planOf(client, { deleteResources: [uid] });
    const unconfirmed = await deploy(client, { deleteResources: [uid] });
    expect(unconfirmed).toMatchObject({ status: 'failed', diagnostics: [{ code: 'T4010' }] });
    await deploy(client, { deleteResources: [uid], confirm: last.digest });
    expect(need(await client.call('resources.list', ref)).resources).toEqual([]);
  });

  it('refuses a plan that is stale, and shows the difference', async () => {
    const { client } = await openTestInstallation();
    await prepareEnvironment(client);
    const plan = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [api] } }));
    await deploy(client, { sources: [score({ name: 'api', image: 'example/app:9', resources: db })] });
    const accepted = need(await client.call('deployments.create', { ...ref, body: { plan: plan.id } }));
    const { follow } = await import('./support.ts');
    const ended = await follow(client, accepted.number);
    expect(ended).toMatchObject({ status: 'failed', diagnostics: [{ code: 'T4011' }] });
  });

  it('carries a saved plan out, with the seeds that it was made with', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client);
    const plan = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [api] } }));
    const accepted = need(await client.call('deployments.create', { ...ref, body: { plan: plan.id } }));
    const { follow } = await import('./support.ts');
    expect(await follow(client, accepted.number)).toMatchObject({ status: 'succeeded', plan: { digest: plan.plan.digest } });
    const files = await readFiles(join(folder, 'out/staging/manifests'));
    expect(files['secret-api-env.yaml']).toMatch(/main\.PASSWORD: \S{20,}/);
    expect((await stat(join(folder, 'out/staging/manifests/secret-api-env.yaml'))).mode & 0o777).toBe(0o600);
  });

  it('says once that there is no such environment, whatever is asked of it', async () => {
    const { client } = await openTestInstallation();
    await prepareEnvironment(client);
    const other = { ...ref, environment: 'stagin' };
    const body = { environment: 'new', type: 'staging', from: 'stagin' };
    const answers = [
      await client.call('environments.status', other),
      await client.call('drift.show', other),
      await client.call('runtime.list', other),
      await client.call('plans.create', { ...other, body: { kind: 'deploy' } }),
      await client.call('environments.create', { project: ref.project, body }),
    ];
    expect(answers.map(codesOf)).toEqual(answers.map(() => ['T7201']));
  });

  it('goes back to an earlier deployment', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client);
    need(await client.call('values.change', { ...ref, body: { set: { LEVEL: 'info' } } }));
    await deploy(client, { sources: [web] });
    const before = await readFiles(join(folder, 'out/staging'));
    need(await client.call('values.change', { ...ref, body: { set: { LEVEL: 'debug' } } }));
    await deploy(client, { sources: [score({ name: 'web', image: 'example/broken:2', resources: { env: { type: 'environment' } } })] });
    const accepted = need(await client.call('deployments.create', { ...ref, body: { change: { kind: 'rollback', to: 1 } } }));
    const { follow } = await import('./support.ts');
    expect(await follow(client, accepted.number)).toMatchObject({ status: 'succeeded', kind: 'rollback' });
    expect(await readFiles(join(folder, 'out/staging'))).toEqual(before);
    const diff = need(await client.call('deployments.diff', { ...ref, from: 1, to: 2 }));
    expect(diff.workloads).toMatchObject([{ name: 'web', action: 'update' }]);
  });
});
