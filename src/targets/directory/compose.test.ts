import { lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeComposeEntry, makeContext, makeInventory, makeSecret, makeTargetRequest } from '../../testing/index.ts';
import type { ObjectKey, RenderedObject, TargetRequest } from '../../core/index.ts';
import { directoryTarget } from './index.ts';

let baseDir = '';
beforeEach(async () => {
  baseDir = await mkdtemp(join(tmpdir(), 'tutti-directory-'));
});
afterEach(() => rm(baseDir, { recursive: true }));

const web = makeComposeEntry({ section: 'services', name: 'web-main', value: { image: 'x', command: ['$$A'] } });
const web2 = makeComposeEntry({ section: 'services', name: 'web-main', value: { image: 'new' } });
const api = makeComposeEntry({ section: 'services', name: 'api-main', value: { image: 'z' } });
const data = makeComposeEntry({ section: 'volumes', name: 'data', value: {} });
const script = makeComposeEntry({ section: 'files', name: 'files/a/run.sh', value: { content: 'ls $HOME\n', mode: '0755' } });
const logo = makeComposeEntry({ section: 'files', name: 'files/logo', value: { base64: '/wD+' } });
const empty = makeComposeEntry({ section: 'directories', name: 'files/empty', value: {} });
const env = makeComposeEntry({
  section: 'files',
  name: 'env/web-main.env',
  value: { content: { $tutti: 'secretText', parts: ['P="', makeSecret('password'), '"\n'] }, mode: '0600' },
});
const variable = makeComposeEntry({ section: 'variables', name: 'TUTTI_1', value: { value: makeSecret('token') } });
const all = [web, api, data, script, logo, empty, env, variable];

function request(parts: Partial<TargetRequest> = {}): TargetRequest {
  return makeTargetRequest({ baseDir, inputs: { path: 'out' }, context: makeContext({ format: 'compose' }), ...parts });
}

async function apply(objects: readonly RenderedObject[], changed: readonly RenderedObject[] = objects, removed: readonly ObjectKey[] = []) {
  return directoryTarget.apply(request(), { desired: objects, changed: changed.map(({ key }) => key), removed });
}

async function observe(objects: readonly RenderedObject[]) {
  const { value } = await directoryTarget.observe(request({ inventory: makeInventory(objects) }));
  return value?.objects ?? {};
}

function read(path: string): Promise<string> {
  return readFile(join(baseDir, 'out', path), 'utf8');
}

async function modeOf(path: string): Promise<string> {
  return ((await lstat(join(baseDir, 'out', path))).mode & 0o777).toString(8);
}

describe('a Compose project in a folder', () => {
  it('is one file with all entries, and what lies beside it', async () => {
    const { value } = await apply(all);
    expect(value).toEqual({ location: 'out', nextCommand: 'docker compose -f out/compose.yaml up -d --wait' });
    expect(await read('compose.yaml')).toBe(
      'name: shop-staging-1a2b3c\nservices:\n  api-main:\n    image: z\n  web-main:\n    command:\n      - $$A\n    image: x\nvolumes:\n  data: {}\n',
    );
    expect(await read('files/a/run.sh')).toBe('ls $HOME\n');
    expect(await readFile(join(baseDir, 'out/files/logo'))).toEqual(Buffer.from([0xff, 0x00, 0xfe]));
    expect(await readdir(join(baseDir, 'out/files/empty'))).toEqual(['.gitkeep']);
  });

  it('keeps secrets for its owner, and lets containers read what they mount', async () => {
    await apply(all);
    expect(await read('env/web-main.env')).toBe('P="revealed password"\n');
    expect(await read('.env')).toMatch(/^TUTTI_1=".*revealed token.*"\n$/);
    const modes = ['.env', 'env/web-main.env', 'env', 'files', 'files/a', 'files/a/run.sh', 'files/logo', 'compose.yaml'];
    expect(await Promise.all(modes.map(modeOf))).toEqual(['600', '600', '700', '700', '755', '755', '644', '644']);
  });

  it('is as deployed where nobody touched it', async () => {
    await apply(all);
    const observed = await observe(all);
    expect(all.map(({ key }) => observed[key]?.isAsDeployed)).toEqual(all.map(() => true));
  });

  it('has drifted in the entries alone that somebody edited', async () => {
    await apply(all);
    await writeFile(
      join(baseDir, 'out/compose.yaml'),
      '# mine\nname: shop-staging-1a2b3c\nservices: {web-main: {image: edited}, api-main: {image: z}, other: {}}\n',
    );
    const observed = await observe(all);
    expect(observed[web.key]).toMatchObject({ isAsDeployed: false, live: { services: { 'web-main': { image: 'edited' } } } });
    expect(observed[api.key]).toMatchObject({ isAsDeployed: true });
    expect(observed).not.toHaveProperty([data.key]);
    expect(observed[script.key]).toMatchObject({ isAsDeployed: true });
  });

  it('shows what stands in files that somebody edited, but no secret', async () => {
    await apply(all);
    for (const path of ['files/a/run.sh', 'env/web-main.env']) await writeFile(join(baseDir, 'out', path), 'canary');
    await writeFile(join(baseDir, 'out/.env'), 'TUTTI_1="canary"\n');
    await writeFile(join(baseDir, 'out/files/logo'), Buffer.from([0xff, 0x01]));
    const observed = await observe(all);
    expect(observed[script.key]?.live).toEqual({ files: { 'files/a/run.sh': { content: 'canary', mode: '0755' } } });
    expect(observed[env.key]?.live).toEqual({ files: { 'env/web-main.env': { content: '‹secret›', mode: '0600' } } });
    expect(observed[variable.key]?.live).toEqual({ variables: { TUTTI_1: { value: '‹secret›' } } });
    expect(observed[logo.key]).toEqual({ key: logo.key, isAsDeployed: false, health: 'not-observed' });
  });

  it('is written anew when an entry changes, comes or goes, and else left alone', async () => {
    await apply([web, api, data]);
    await writeFile(join(baseDir, 'out/compose.yaml'), 'edited: true\n');
    await apply([web, api, data], []);
    expect(await read('compose.yaml')).toBe('edited: true\n');
    await apply([web2, api, data], [web2]);
    expect(await read('compose.yaml')).toContain('image: new');
    await apply([web2, data], [], [api.key]);
    expect(await read('compose.yaml')).not.toContain('api-main');
    await apply([web2, api, data], [api]);
    expect(await read('compose.yaml')).toContain('api-main');
  });

  it('leaves nothing behind when everything is removed', async () => {
    await apply(all);
    await directoryTarget.apply(request(), { desired: [], changed: [], removed: all.map(({ key }) => key) });
    expect(await readdir(join(baseDir, 'out'))).toEqual([]);
  });

  it('loses the files of an object that is pruned', async () => {
    await apply(all);
    await directoryTarget.prune(request(), [script.key, env.key, web.key]);
    expect(await readdir(join(baseDir, 'out/files'))).toEqual(['empty', 'logo']);
    expect(await readdir(join(baseDir, 'out'))).toEqual(['.env', '.tutti-index', 'compose.yaml', 'files']);
  });

  it('takes the place of nothing that is not ours', async () => {
    await mkdir(join(baseDir, 'out/files/a'), { recursive: true });
    for (const path of ['compose.yaml', '.env', 'files/a/run.sh']) await writeFile(join(baseDir, 'out', path), 'mine');
    const { diagnostics } = await apply(all);
    expect(diagnostics.map(({ code, detail }) => `${code} ${detail.slice(0, 16)}`)).toEqual([
      'T6003 ".env" in out wa',
      'T6003 "compose.yaml" i',
      'T6003 "files/a/run.sh"',
    ]);
  });

  it('follows no link on the way to its files, neither writing nor removing', async () => {
    const outside = join(baseDir, 'outside');
    await mkdir(outside);
    await apply([web]);
    await mkdir(join(baseDir, 'out/files'));
    await symlink(outside, join(baseDir, 'out/files/a'));
    expect((await apply([web, script])).diagnostics.map(({ code }) => code)).toEqual(['T6003']);
    expect(await readdir(outside)).toEqual([]);
    await rm(join(baseDir, 'out/files/a'));
    await apply([web, script]);
    await rm(join(baseDir, 'out/files/a'), { recursive: true });
    await writeFile(join(outside, 'run.sh'), 'mine');
    await symlink(outside, join(baseDir, 'out/files/a'));
    expect(await observe([script])).toEqual({});
    await directoryTarget.apply(request(), { desired: [web], changed: [], removed: [script.key] });
    expect(await readFile(join(outside, 'run.sh'), 'utf8')).toBe('mine');
  });

  it('knows names that leave the folder, and files in the way of folders', async () => {
    const outside = makeComposeEntry({ section: 'files', name: 'files/../../x', value: { content: '' } });
    const below = makeComposeEntry({ section: 'files', name: 'files/logo/x', value: { content: '' } });
    const { diagnostics } = await directoryTarget.plan(request(), [outside, logo, below]);
    expect(diagnostics.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      expect.stringContaining('T6001 "workload.default#web" renders "compose/File:shop-staging-1a2b3c/files/../../x"'),
      expect.stringContaining('below "files/logo", which "workload.default#web" renders as a file.'),
    ]);
  });
});
