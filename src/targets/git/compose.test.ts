import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectKey, RenderedObject, TargetRequest } from '../../core/index.ts';
import { makeComposeEntry, makeContext, makeInventory, makeSecret, makeTargetRequest } from '../../testing/index.ts';
import { gitTarget } from './index.ts';

const environment = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  GIT_AUTHOR_NAME: 'eve',
  GIT_AUTHOR_EMAIL: 'eve@example.com',
  GIT_COMMITTER_NAME: 'eve',
  GIT_COMMITTER_EMAIL: 'eve@example.com',
};

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', [...args], { cwd, env: environment });
  return stdout;
}

let baseDir = '';
beforeEach(async () => {
  baseDir = await mkdtemp(join(tmpdir(), 'tutti-git-test-'));
  await git(baseDir, 'init', '--quiet', '--bare', '--initial-branch=main', 'fleet.git');
});
afterEach(() => rm(baseDir, { recursive: true }));

const web = makeComposeEntry({ section: 'services', name: 'web-main', value: { image: 'x' } });
const api = makeComposeEntry({ section: 'services', name: 'api-main', value: { image: 'z' } });
const script = makeComposeEntry({ section: 'files', name: 'files/a/run.sh', value: { content: 'ls\n', mode: '0755' } });
const logo = makeComposeEntry({ section: 'files', name: 'files/logo', value: { base64: '/wD+' } });
const empty = makeComposeEntry({ section: 'directories', name: 'files/empty', value: {} });
const all = [web, api, script, logo, empty];

function request(parts: Partial<TargetRequest> = {}): TargetRequest {
  return makeTargetRequest({ baseDir, inputs: { repository: 'fleet.git' }, context: makeContext({ format: 'compose' }), ...parts });
}

async function apply(objects: readonly RenderedObject[], changed: readonly RenderedObject[] = objects, removed: readonly ObjectKey[] = []) {
  return gitTarget.apply(request(), { desired: objects, changed: changed.map(({ key }) => key), removed });
}

async function list(): Promise<readonly string[]> {
  const listed = await git(join(baseDir, 'fleet.git'), 'ls-tree', '-r', '--format=%(objectmode) %(path)', 'main');
  return listed.trim().split('\n');
}

describe('a Compose project in Git', () => {
  it('is one commit with the project, and what lies beside it as bytes and modes that Git knows', async () => {
    const { value } = await apply(all);
    expect(value?.nextCommand).toContain('docker compose -f checkout/shop/staging/compose.yaml up -d --wait');
    expect(await list()).toEqual([
      '100644 shop/staging/.tutti-index',
      '100644 shop/staging/compose.yaml',
      '100755 shop/staging/files/a/run.sh',
      '100644 shop/staging/files/empty/.gitkeep',
      '100644 shop/staging/files/logo',
    ]);
    const { stdout } = await promisify(execFile)('git', ['show', 'main:shop/staging/files/logo'], {
      cwd: join(baseDir, 'fleet.git'),
      encoding: 'buffer',
    });
    expect(stdout).toEqual(Buffer.from([0xff, 0x00, 0xfe]));
  });

  it('is not committed again where nothing changed', async () => {
    await apply(all);
    const before = await git(join(baseDir, 'fleet.git'), 'rev-parse', 'main');
    await apply(all);
    expect(await git(join(baseDir, 'fleet.git'), 'rev-parse', 'main')).toBe(before);
  });

  it('has drifted in the entries alone that somebody edited', async () => {
    await apply(all);
    await git(baseDir, 'clone', '--quiet', 'fleet.git', 'clone');
    const clone = join(baseDir, 'clone');
    await writeFile(join(clone, 'shop/staging/compose.yaml'), 'services: {web-main: {image: edited}, api-main: {image: z}}\n');
    await git(clone, 'commit', '--quiet', '--all', '-m', 'by hand');
    await git(clone, 'push', '--quiet');
    const { value } = await gitTarget.observe(request({ inventory: makeInventory(all) }));
    expect(all.map(({ key }) => value?.objects[key]?.isAsDeployed)).toEqual([false, true, true, true, true]);
    expect(value?.objects[web.key]?.live).toEqual({ services: { 'web-main': { image: 'edited' } } });
  });

  it('loses what goes', async () => {
    await apply(all);
    await apply([web], [], [api.key, script.key, logo.key, empty.key]);
    expect(await list()).toEqual(['100644 shop/staging/.tutti-index', '100644 shop/staging/compose.yaml']);
    expect(await git(join(baseDir, 'fleet.git'), 'show', 'main:shop/staging/compose.yaml')).not.toContain('api-main');
  });

  it('never holds a secret: Compose has no reference that could stand for it', async () => {
    const secret = makeComposeEntry({ section: 'variables', name: 'TUTTI_1', value: { value: makeSecret('token') } });
    const { diagnostics } = await gitTarget.plan(request(), [web, secret]);
    expect(diagnostics.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      expect.stringMatching(
        /^T6101 compose\/Variable:.*Compose knows no references into a secret store: use a target of the type `directory`/,
      ),
    ]);
  });
});
