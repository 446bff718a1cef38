import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/index.ts';
import { deploy, need, openTestInstallation, prepareEnvironment, readFiles, ref, score } from './support.ts';

const target = `
apiVersion: tutti.dev/v1
kind: Target
metadata: {name: folder}
spec:
  type: directory
  match: [{}]
  inputs: {path: "out/\${context.environment}", format: compose}
`;

const api = (image = 'example/app:1') =>
  score({
    name: 'api',
    image,
    variables: { URL: 'pg://${resources.db.password}@${resources.db.host}', LITERAL: 'a $$HOME $x' },
    resources: { db: { type: 'postgres' } },
  });

async function changesOf(client: Client, sources: readonly ReturnType<typeof score>[]): Promise<readonly string[]> {
  const { plan } = need(await client.call('plans.create', { ...ref, body: { kind: 'deploy', sources } }));
  return plan.changes
    .filter(({ action }) => action !== 'unchanged')
    .map(({ action, subject }) => `${action} ${subject.kind}:${subject.kind === 'object' ? subject.key : ''}`);
}

function textOf(files: Readonly<Record<string, string>>, path: string): string {
  const text = files[path];
  if (text === undefined) throw new Error(`there is a file ${path} among ${Object.keys(files).join(', ')}`);
  return text;
}

describe('an environment as a Compose project', () => {
  it('is a project in a folder, its secrets apart, the same until something changes', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client, target);
    expect(await deploy(client, { sources: [api()] })).toMatchObject({ status: 'succeeded' });
    const files = await readFiles(join(folder, 'out/staging'));
    const project = textOf(files, 'compose.yaml');
    expect(project).toContain('LITERAL: a $$HOME $$x');
    const [, password = ''] = /URL="pg:\/\/([^@"]+)@/.exec(textOf(files, 'env/api-main.env')) ?? [];
    expect(password.length).toBeGreaterThan(10);
    expect(project).not.toContain(password);
    expect((await stat(join(folder, 'out/staging/env/api-main.env'))).mode & 0o777).toBe(0o600);
    expect(await changesOf(client, [api()])).toEqual([]);
    await deploy(client, { sources: [api('example/app:2')] });
    expect(textOf(await readFiles(join(folder, 'out/staging')), 'compose.yaml')).toContain('image: example/app:2');
  });

  it('shows as drift what somebody edited, entry by entry, and puts it right', async () => {
    const { client, folder } = await openTestInstallation();
    await prepareEnvironment(client, target);
    await deploy(client, { sources: [api(), score({ name: 'web' })] });
    const path = join(folder, 'out/staging/compose.yaml');
    const before = textOf(await readFiles(join(folder, 'out/staging')), 'compose.yaml');
    await writeFile(path, before.replace('image: example/app:1', 'image: somebody/else:1'));
    expect(await changesOf(client, [api(), score({ name: 'web' })])).toEqual([
      expect.stringMatching(/^update workload:/),
      expect.stringMatching(/^update object:compose\/Service:.*\/(api|web)-main$/),
    ]);
    await deploy(client, { sources: [api(), score({ name: 'web' })] });
    expect(textOf(await readFiles(join(folder, 'out/staging')), 'compose.yaml')).toBe(before);
  });

  it('is rendered from files to one project that stands by itself, or to a folder', async () => {
    const { client } = await openTestInstallation();
    const body = { sources: [api()], context: { format: 'compose' as const }, seed: 'test' };
    const stream = need(await client.call('files.render', { body }));
    const [alone] = stream.files ?? [];
    expect(stream.files).toHaveLength(1);
    const [, password = ''] = /URL: pg:\/\/([^@\n]+)@/.exec(alone?.text ?? '') ?? [];
    expect(password.length).toBeGreaterThan(10);
    expect(alone).toMatchObject({ file: 'compose.yaml', mode: '0600' });
    const inFolder = need(await client.call('files.render', { body: { ...body, layout: 'folder' } }));
    expect(inFolder.files?.map(({ file, mode }) => `${mode} ${file.replace(/pg-.*(?=\.env)/, 'pg')}`)).toEqual([
      '0644 compose.yaml',
      '0600 env/api-main.env',
      '0600 env/pg.env',
    ]);
    expect(inFolder.files?.find(({ file }) => file === 'env/api-main.env')?.text).toContain(password);
    expect(inFolder.objects.map(({ file }) => file)).toContain('compose.yaml');
  });
});
