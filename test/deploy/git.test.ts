import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { codesOf, deploy, need, openTestInstallation, prepareEnvironment, readFiles, ref, score } from './support.ts';

const run = promisify(execFile);

const target = `
apiVersion: tutti.dev/v1
kind: Target
metadata: {name: fleet}
spec:
  type: git
  match: [{}]
  inputs: {repository: fleet.git, branch: main, path: "\${context.project}/\${context.environment}"}
`;

const secretStore = `
---
apiVersion: tutti.dev/v1
kind: SecretStore
metadata: {name: vault}
spec:
  type: directory
  match: [{}]
  inputs: {path: vault, secretStoreRef: {kind: ClusterSecretStore, name: platform}}
`;

const api = (image = 'example/app:1') =>
  score({
    name: 'api',
    image,
    variables: { URL: 'pg://${resources.db.password}@${resources.db.host}' },
    resources: { db: { type: 'postgres' } },
  });

async function git(folder: string, ...parameters: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', join(folder, 'fleet.git'), ...parameters]);
  return stdout;
}

async function openWithRepository() {
  const installation = await openTestInstallation();
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(installation.folder, 'fleet.git')]);
  return installation;
}

describe('a hand-over by Git', () => {
  it('is one commit a deployment, and none when nothing changed', async () => {
    const { client, folder } = await openWithRepository();
    await prepareEnvironment(client, target + secretStore);
    const first = await deploy(client, { sources: [api()] });
    expect(first).toMatchObject({ status: 'succeeded' });
    expect((await git(folder, 'rev-parse', 'main')).trim()).toBe(first.revision);
    expect(await git(folder, 'log', '-1', '--format=%(trailers:key=Tutti-Environment,valueonly)', 'main')).toContain('shop/staging');
    await deploy(client, { sources: [api()] });
    expect((await git(folder, 'rev-list', '--count', 'main')).trim()).toBe('1');
    await deploy(client, { sources: [api('example/app:2')] });
    expect((await git(folder, 'rev-list', '--count', 'main')).trim()).toBe('2');
    expect(await git(folder, 'show', '--stat', '--format=', 'main')).toContain('deployment-api.yaml');
  });

  it('never holds a secret: it refers to versions in the secret store', async () => {
    const { client, folder } = await openWithRepository();
    await prepareEnvironment(client, target + secretStore);
    await deploy(client, { sources: [api()] });
    const vault = await readFiles(join(folder, 'vault'));
    const [[path, password] = ['', '']] = Object.entries(vault);
    expect(path).toMatch(/^shop\/staging\/postgres\.default-api\.db\/password\/[0-9a-f]{16}$/);
    expect((await stat(join(folder, 'vault', path))).mode & 0o777).toBe(0o600);
    const everything = await git(folder, 'log', '-p', '--all');
    for (const form of [password, Buffer.from(password).toString('base64'), encodeURIComponent(password)])
      expect(everything).not.toContain(form);
    const object = await git(folder, 'show', 'main:shop/staging/manifests/externalsecret-api-env.yaml');
    expect(object).toContain('main.URL: pg://{{ .s0 }}@pg-api-db-');
    expect(object).toContain(`version: ${path.slice(path.lastIndexOf('/') + 1)}`);
  });

  it('is refused without a secret store, with what to configure, and nothing is written', async () => {
    const { client, folder } = await openWithRepository();
    await prepareEnvironment(client, target);
    const answer = await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources: [api()] } });
    expect(codesOf(answer).every((code) => code.startsWith('T61'))).toBe(true);
    expect(answer.diagnostics[0]?.detail).toContain('SecretStore');
    expect(await git(folder, 'for-each-ref')).toBe('');
  });

  it('puts its change on top of what somebody else pushed', async () => {
    const { client, folder } = await openWithRepository();
    await prepareEnvironment(client, target + secretStore);
    await deploy(client, { sources: [api()] });
    const clone = join(folder, 'clone');
    await run('git', ['clone', '--quiet', join(folder, 'fleet.git'), clone]);
    await run('git', [
      '-C',
      clone,
      '-c',
      'user.name=eve',
      '-c',
      'user.email=eve@example.com',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'theirs',
    ]);
    await run('git', ['-C', clone, 'push', '--quiet']);
    expect(await deploy(client, { sources: [api('example/app:2')] })).toMatchObject({ status: 'succeeded' });
    const subjects = (await git(folder, 'log', '--format=%s', 'main')).trim().split('\n');
    expect(subjects).toHaveLength(3);
    expect(subjects[1]).toBe('theirs');
  });

  it('empties the folder of an environment whose last workload goes, but for what holds data', async () => {
    const { client, folder } = await openWithRepository();
    await prepareEnvironment(client, target + secretStore);
    await deploy(client, { sources: [api()] });
    const plan = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', remove: ['api'] } }));
    await deploy(client, { remove: ['api'], confirm: plan.plan.digest });
    const names = (await git(folder, 'ls-tree', '-r', '--name-only', 'main')).split('\n');
    expect(names.some((name) => name.includes('statefulset-pg-'))).toBe(true);
    expect(names.some((name) => name.includes('deployment-api'))).toBe(false);
  });
});
