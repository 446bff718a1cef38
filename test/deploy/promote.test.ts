import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  codesOf,
  deploy,
  follow,
  need,
  openTestInstallation,
  prepareEnvironment,
  readFiles,
  ref,
  score,
  type TestInstallation,
} from './support.ts';

const settings = { settings: { type: 'environment' } };
const web = (image: string) => score({ name: 'web', image, variables: { LEVEL: '${resources.settings.LEVEL}' }, resources: settings });

async function prepare({ client }: TestInstallation): Promise<void> {
  await prepareEnvironment(client);
  need(await client.call('environments.create', { project: ref.project, body: { environment: 'production', type: 'staging' } }));
  need(await client.call('values.change', { ...ref, body: { set: { LEVEL: 'debug' } } }));
}

const production = { ...ref, environment: 'production' };
const change = { kind: 'promote', from: ref.environment } as const;

async function promote({ client }: TestInstallation) {
  const plan = need(await client.call('plans.create', { ...production, body: change }));
  const accepted = need(await client.call('deployments.create', { ...production, body: { plan: plan.id } }));
  return followIn(client, accepted.number);
}

async function followIn(client: TestInstallation['client'], number: number) {
  for await (const item of client.stream('deployments.events', { ...production, number })) expect(item.ok).toBe(true);
  return need(await client.call('deployments.show', { ...production, number }));
}

async function rendered({ folder }: TestInstallation, name: string): Promise<string> {
  return (await readFiles(join(folder, 'out/production/manifests')))[name] ?? '';
}

describe('an environment that is made from another one', () => {
  it('has its values and labels, but neither its secrets nor its pause; what runs there is deployed to it', async () => {
    const installation = await openTestInstallation();
    const { client } = installation;
    await prepare(installation);
    need(await client.call('values.change', { ...ref, body: { set: { 'web.replicas': '2', 'tutti.paused': 'true' } } }));
    need(await client.call('secrets.set', { ...ref, key: 'TOKEN', body: { value: 'correct-horse' } }));
    await deploy(client, { sources: [web('example/web:1')] });
    const clone = { ...ref, environment: 'preview' };
    const body = { environment: 'preview', type: 'staging', from: ref.environment, labels: { pull: '7' } };
    expect(need(await client.call('environments.create', { project: ref.project, body }))).toMatchObject({ labels: { pull: '7' } });
    const { values } = need(await client.call('values.list', clone));
    expect(values.map((each) => [each.key, each.value])).toEqual([
      ['LEVEL', 'debug'],
      ['web.replicas', '2'],
    ]);
    const plan = need(await client.call('plans.create', { ...clone, body: change }));
    expect(plan.plan.changes).toContainEqual(expect.objectContaining({ subject: { kind: 'workload', name: 'web' }, action: 'create' }));
    const wrong = { ...body, environment: 'other', from: 'stagin' };
    expect(codesOf(await client.call('environments.create', { project: ref.project, body: wrong }))).toContain('T7201');
  });
});

describe('a promotion', () => {
  it('takes what runs in one environment, with its images, to another with values of its own; what only that has stays', async () => {
    const installation = await openTestInstallation();
    const { client } = installation;
    await prepare(installation);
    await deploy(client, { sources: [web('example/web:1')] });
    await deploy(client, { images: { web: 'example/web:2' } });
    need(await client.call('values.change', { ...production, body: { set: { LEVEL: 'warn' } } }));
    const own = { change: { kind: 'deploy', sources: [score({ name: 'backup' })] } } as const;
    await followIn(client, need(await client.call('deployments.create', { ...production, body: own })).number);
    expect(await promote(installation)).toMatchObject({ status: 'succeeded', kind: 'promote', reason: 'staging #2' });
    const manifest = await rendered(installation, 'deployment-web.yaml');
    expect(manifest).toContain('image: example/web:2');
    expect(manifest).toMatch(/name: LEVEL\n\s+value: warn/);
    expect(await rendered(installation, 'deployment-backup.yaml')).toContain('name: backup');
    // The same again has nothing to do.
    expect(need(await client.call('plans.create', { ...production, body: change })).plan.summary.isEmpty).toBe(true);
  });

  it('says which value the other environment lacks, and changes nothing', async () => {
    const installation = await openTestInstallation();
    const { client } = installation;
    await prepare(installation);
    await deploy(client, { sources: [web('example/web:1')] });
    const answer = await client.call('plans.create', { ...production, body: change });
    expect(answer.ok).toBe(false);
    expect(answer.diagnostics[0]?.detail).toContain('LEVEL');
  });

  it('takes the last deployment that succeeded, and says so where there is none', async () => {
    const installation = await openTestInstallation();
    const { client } = installation;
    await prepare(installation);
    const refused = async (from: string) => codesOf(await client.call('plans.create', { ...production, body: { kind: 'promote', from } }));
    expect(await refused('staging')).toEqual(['T8019']);
    expect(await refused('production')).toEqual(['T8019']);
    expect(await refused('stagin')).toEqual(['T7201']);
    await deploy(client, { sources: [web('example/web:1')] });
    const { id, plan } = need(await client.call('plans.create', { ...ref, body: { kind: 'destroy' } }));
    const accepted = need(await client.call('deployments.create', { ...ref, body: { plan: id, confirm: plan.digest } }));
    expect(await follow(client, accepted.number)).toMatchObject({ status: 'succeeded' });
    expect(await refused('staging')).toEqual(['T8019']);
  });
});
