import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.ts';
import { deploy, follow, need, openTestInstallation, prepareEnvironment, readFiles, ref, score } from './support.ts';

const db = { db: { type: 'postgres' } };
const api = (image = 'example/app:1') =>
  score({ name: 'api', image, variables: { URL: 'pg://${resources.db.password}@${resources.db.host}' }, resources: db });

async function query(databaseUrl: string, text: string, values: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

describe('a deployment in trouble', () => {
  it('leaves the old version in place when the target cannot be written, and goes on when it can', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client);
    await deploy(client, { sources: [api()] });
    const before = await readFiles(join(folder, 'out/staging'));
    const index = join(folder, 'out/staging/.tutti-index');
    const text = await readFile(index, 'utf8');
    await writeFile(index, text.replaceAll('staging', 'another'));
    const failed = await deploy(client, { sources: [api('example/app:2')] });
    expect(failed.status).toBe('failed');
    expect(failed.diagnostics[0]?.code).toMatch(/^T6/);
    await writeFile(index, text);
    expect(await readFiles(join(folder, 'out/staging'))).toEqual(before);
    expect(await deploy(client, { sources: [api('example/app:2')] })).toMatchObject({ status: 'succeeded' });
  });

  it('is gone back from to what succeeded last; what has succeeded, to what succeeded before it', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client);
    const rollBack = async () => {
      const answer = await client.call('deployments.create', { ...ref, body: { change: { kind: 'rollback' } } });
      return answer.ok ? (await follow(client, answer.data.number)).status : answer.diagnostics[0]?.code;
    };
    expect(await rollBack()).toBe('T8018');
    await deploy(client, { sources: [api('example/app:1')] });
    expect(await rollBack()).toBe('T8018');
    await deploy(client, { sources: [api('example/app:2')] });
    const image = async () =>
      /image: (\S+)/.exec((await readFiles(join(folder, 'out/staging/manifests')))['deployment-api.yaml'] ?? '')?.[1];
    const index = join(folder, 'out/staging/.tutti-index');
    const text = await readFile(index, 'utf8');
    await writeFile(index, text.replaceAll('staging', 'another'));
    expect(await deploy(client, { sources: [api('example/app:3')] })).toMatchObject({ status: 'failed' });
    await writeFile(index, text);
    expect(await rollBack()).toBe('succeeded');
    expect(await image()).toBe('example/app:2');
    await deploy(client, { sources: [api('example/app:4')] });
    expect(await rollBack()).toBe('succeeded');
    expect(await image()).toBe('example/app:2');
  });

  it('is given up where it has ended every process that took it', async () => {
    const { client, databaseUrl } = await openTestInstallation();
    await prepareEnvironment(client);
    const dead = await openStore({ connectionString: databaseUrl, key: randomBytes(32), holder: 'dead' });
    const plan = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [api()] } }));
    const records = await dead.plans.find(plan.id);
    const request = records.value?.request;
    if (request) await dead.deployments.create({ ...ref, request }, { name: 'dead' });
    await query(databaseUrl, "update deployments set lease_until = now() - interval '1 minute', attempts = 5");
    need(await client.call('deployments.resume', ref));
    expect(await follow(client, 1)).toMatchObject({ status: 'failed', diagnostics: [{ code: 'T5108' }] });
    await dead.close();
    expect(await deploy(client, { sources: [api()] })).toMatchObject({ status: 'succeeded' });
  });

  it('is shown as interrupted when its process is gone, stands in the way, and is resumed', async () => {
    const installation = await openTestInstallation();
    const { client, databaseUrl, folder } = installation;
    await prepareEnvironment(client);
    const dead = await openStore({ connectionString: databaseUrl, key: randomBytes(32), holder: 'dead' });
    const plan = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [api()] } }));
    const records = await dead.plans.find(plan.id);
    const request = records.value?.request;
    const left = request && (await dead.deployments.create({ ...ref, request }, { name: 'dead' })).value;
    const lease = left && (await dead.deployments.acquire(left.id, { holder: 'dead' })).value;
    await query(databaseUrl, "update deployments set lease_until = now() - interval '1 minute'");
    expect(need(await client.call('deployments.show', { ...ref, number: 1 })).isInterrupted).toBe(true);
    const blocked = await client.call('deployments.create', { ...ref, body: { change: { kind: 'deploy', sources: [api()] } } });
    const second = need(blocked);
    expect(await follow(client, second.number)).toMatchObject({ status: 'failed', diagnostics: [{ code: 'T7206' }] });
    const resumed = need(await client.call('deployments.resume', ref));
    expect(resumed.number).toBe(1);
    expect(await follow(client, 1)).toMatchObject({ status: 'succeeded' });
    const late = lease && (await dead.deployments.setStatus(lease, 'applying'));
    expect(late?.diagnostics[0]?.code).toBe('T7205');
    await dead.close();
    expect(second.number).toBe(2);
    expect(Object.keys(await readFiles(join(folder, 'out/staging/manifests')))).toContain('deployment-api.yaml');
  });

  it('says which resource broke its contract, and touches nothing', async () => {
    const { client, folder } = await openTestInstallation();
    const broken = `
apiVersion: tutti.dev/v1
kind: Target
metadata: {name: folder}
spec: {type: directory, match: [{}], inputs: {path: out}}
---
apiVersion: tutti.dev/v1
kind: ResourceType
metadata: {name: queue}
spec: {stateful: false, outputs: {type: object, required: [host, port], properties: {host: {type: string}, port: {type: integer}}}}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: queue}
spec: {type: queue, match: [{}], driver: static, inputs: {outputs: {host: q}}}
`;
    await prepareEnvironment(client, broken);
    const failed = await deploy(client, { sources: [score({ name: 'api', resources: { queue: { type: 'queue' } } })] });
    expect(failed).toMatchObject({ status: 'failed', diagnostics: [{ code: 'T4111', detail: expect.stringContaining('port') }] });
    expect(await readdir(folder)).toEqual(['.tutti']);
  });
});

describe('secrets', () => {
  it('are in no plan, record, event, answer or message, and in no file but that of a Secret', async () => {
    const { client, folder, databaseUrl, notes } = await openTestInstallation();
    await prepareEnvironment(client);
    const canaries = Array.from({ length: 20 }, (_, index) => `canary-${index}-${randomBytes(12).toString('hex')}`);
    for (const [index, value] of canaries.entries())
      need(await client.call('secrets.set', { ...ref, key: `SECRET_${index}`, body: { value } }));
    const variables = Object.fromEntries(canaries.map((_, index) => [`V${index}`, `x-\${resources.env.SECRET_${index}}-y`]));
    const spy = score({ name: 'spy', variables, resources: { env: { type: 'environment' } } });
    const plan = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [spy, api()] } }));
    const deployment = await deploy(client, { sources: [spy, api()] });
    const broken = score({ name: 'spy', variables: { V: '${resources.env.SECRET_1.x}' }, resources: { env: { type: 'environment' } } });
    const refused = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [broken] } });
    const listed = need(await client.call('secrets.list', ref));
    const status = need(await client.call('environments.status', ref));
    const seen = JSON.stringify([plan, deployment, refused, listed, status, notes]);
    const generated = Object.values(await readFiles(join(folder, 'out/staging/manifests'))).join('\n');
    const dump = await dumpDatabase(databaseUrl);
    for (const canary of canaries) {
      for (const form of [canary, Buffer.from(canary).toString('base64'), encodeURIComponent(canary)]) {
        expect(seen).not.toContain(form);
        expect(dump).not.toContain(form);
      }
      expect(generated).not.toContain(canary);
    }
    const files = await readFiles(join(folder, 'out/staging/manifests'));
    const holders = Object.entries(files).filter(([, text]) => text.includes(Buffer.from(`x-${canaries[0]}-y`).toString('base64')));
    expect(holders.map(([name]) => name)).toEqual(['secret-spy-env.yaml']);
  });
});

async function dumpDatabase(databaseUrl: string): Promise<string> {
  const tables = await query(databaseUrl, "select table_name from information_schema.tables where table_schema = 'public'");
  const dumps = await Promise.all(
    tables.rows.map(async ({ table_name: name }) => JSON.stringify((await query(databaseUrl, `select * from "${name}"`)).rows)),
  );
  return dumps.join('\n');
}
