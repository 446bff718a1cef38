import { execFile } from 'node:child_process';
import { appendFile, chmod, lstat, mkdir, mkdtemp, readFile, readdir, readlink, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { describeTarget, makeContext, makeInventory, makeRenderedObject, makeSecret, makeTargetRequest } from '../../testing/index.ts';
import type { RenderedObject, TargetRequest } from '../../core/index.ts';
import { directoryTarget } from './index.ts';

async function makeBase(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'tutti-directory-'));
}

/** Every file with mode, time and content. */
async function snapshot(base: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  const lines = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const { mode, mtimeMs } = await lstat(path);
    const content = entry.isSymbolicLink() ? await readlink(path) : entry.isFile() ? `${mtimeMs} ${await readFile(path, 'utf8')}` : '';
    return [path.slice(base.length), `${(mode & 0o777).toString(8)} ${content}`] as const;
  });
  return Object.fromEntries((await Promise.all(lines)).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

describeTarget('directory', { describe, it, expect }, async () => {
  const baseDir = await makeBase();
  return {
    target: directoryTarget,
    inputs: { path: 'out' },
    baseDir,
    tamper: async (key) =>
      appendFile(join(baseDir, 'out/manifests', key.includes('Service') ? 'service-api.yaml' : 'configmap-web.yaml'), 'extra: field\n'),
    // Without times of the index, which every change of the set of files rewrites.
    snapshot: async () =>
      Object.fromEntries(
        Object.entries(await snapshot(baseDir)).map(([path, text]) => [
          path,
          path.endsWith('.tutti-index') ? text.replace(/ [\d.]+ /, ' ') : text,
        ]),
      ),
    cleanUp: () => rm(baseDir, { recursive: true }),
  };
});

let baseDir = '';
beforeEach(async () => {
  baseDir = await makeBase();
});
afterEach(() => rm(baseDir, { recursive: true }));

const web = makeRenderedObject({ name: 'web', content: { data: { a: '1' } } });
const api = makeRenderedObject({ name: 'api' });
const password = makeRenderedObject({ name: 'db', kind: 'Secret', content: { stringData: { password: makeSecret('password') } } });

function request(parts: Partial<TargetRequest> = {}): TargetRequest {
  return makeTargetRequest({ baseDir, inputs: { path: 'out' }, ...parts });
}

async function apply(objects: readonly RenderedObject[], parts: Partial<TargetRequest> = {}) {
  return directoryTarget.apply(request(parts), { desired: objects, changed: objects.map(({ key }) => key), removed: [] });
}

async function codesOf(objects: readonly RenderedObject[], parts: Partial<TargetRequest> = {}): Promise<readonly string[]> {
  return (await apply(objects, parts)).diagnostics.map(({ code }) => code);
}

test('each object is a file of canonical YAML, and the receipt says what to do with them', async () => {
  const { value } = await apply([web, api]);
  expect(value).toEqual({ location: 'out', nextCommand: 'kubectl apply --server-side -f out/manifests' });
  expect(await readFile(join(baseDir, 'out/manifests/configmap-web.yaml'), 'utf8')).toBe(
    'apiVersion: v1\ndata:\n  a: "1"\nkind: ConfigMap\nmetadata:\n  name: web\n  namespace: shop-staging\n',
  );
  expect(await readdir(join(baseDir, 'out/manifests'))).toEqual(['configmap-api.yaml', 'configmap-web.yaml']);
});

test('without a path the folder is .tutti/out/<project>/<environment>', async () => {
  expect((await apply([web], { inputs: {} })).value?.location).toBe('.tutti/out/shop/staging');
});

test('Secrets are written with their values, for the owner alone', async () => {
  await apply([password, web]);
  const path = join(baseDir, 'out/manifests/secret-db.yaml');
  expect(await readFile(path, 'utf8')).toContain('revealed password');
  expect((await lstat(path)).mode & 0o777).toBe(0o600);
  expect((await lstat(join(baseDir, 'out'))).mode & 0o777).toBe(0o700);
});

test('a Secret file that others can read is closed again', async () => {
  await apply([password]);
  const path = join(baseDir, 'out/manifests/secret-db.yaml');
  await chmod(path, 0o644);
  await apply([password]);
  expect((await lstat(path)).mode & 0o777).toBe(0o600);
});

test('what is live is shown where it was changed, without secrets', async () => {
  await apply([password, web]);
  await writeFile(
    join(baseDir, 'out/manifests/secret-db.yaml'),
    'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: canary}\n',
  );
  const { value } = await directoryTarget.observe(request({ inventory: makeInventory([password, web]) }));
  expect(value?.objects[password.key]).toEqual({
    key: password.key,
    isAsDeployed: false,
    health: 'not-observed',
    live: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringData: { password: '‹secret›' } },
  });
  expect(JSON.stringify(value)).not.toContain('canary');
});

test('files that are not ours are never touched, and refuse objects that would take their place', async () => {
  await apply([web]);
  await writeFile(join(baseDir, 'out/manifests/configmap-api.yaml'), 'mine');
  await writeFile(join(baseDir, 'out/manifests/notes.txt'), 'mine');
  expect(await codesOf([web, api])).toEqual(['T6003']);
  expect(await readFile(join(baseDir, 'out/manifests/configmap-api.yaml'), 'utf8')).toBe('mine');
  const { value } = await directoryTarget.observe(request({ inventory: makeInventory([web]) }));
  expect(value?.foreign).toEqual([{ key: 'manifests/configmap-api.yaml' }, { key: 'manifests/notes.txt' }]);
});

test('a foreign file with an object in it is named by that object', async () => {
  await mkdir(join(baseDir, 'out/manifests'), { recursive: true });
  await writeFile(
    join(baseDir, 'out/manifests/configmap-web.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: shop-staging}\n',
  );
  const { value } = await directoryTarget.observe(request());
  expect(value?.foreign).toEqual([{ key: web.key }]);
});

test('a symbolic link in place of a file is neither read nor written through', async () => {
  const outside = join(baseDir, 'outside');
  await writeFile(outside, 'apiVersion: v1\nkind: ConfigMap\nsecret: canary\n');
  await apply([web]);
  const path = join(baseDir, 'out/manifests/configmap-web.yaml');
  await unlink(path);
  await symlink(outside, path);
  const { value } = await directoryTarget.observe(request({ inventory: makeInventory([web]) }));
  expect(value?.objects).toEqual({});
  await apply([web]);
  expect(await readFile(outside, 'utf8')).toContain('canary');
  expect((await lstat(path)).isFile()).toBe(true);
});

test('a dangling link where a file shall be is in the way', async () => {
  await mkdir(join(baseDir, 'out/manifests'), { recursive: true });
  await symlink(join(baseDir, 'created'), join(baseDir, 'out/manifests/configmap-web.yaml'));
  expect(await codesOf([web])).toEqual(['T6003']);
  expect(await readdir(baseDir)).toEqual(['out']);
});

test('a symbolic link in place of the folder of the objects is refused', async () => {
  await mkdir(join(baseDir, 'elsewhere'));
  await mkdir(join(baseDir, 'out'));
  await symlink(join(baseDir, 'elsewhere'), join(baseDir, 'out/manifests'));
  expect(await codesOf([web])).toEqual(['T6003']);
  expect(await readdir(join(baseDir, 'elsewhere'))).toEqual([]);
});

test('a relative path stays in its folder, also by way of links', async () => {
  const elsewhere = await makeBase();
  await symlink(elsewhere, join(baseDir, 'link'));
  for (const path of ['../out', '..', 'a/../../b', 'link/out', 'link'])
    expect(await codesOf([web], { inputs: { path } })).toEqual(['T6004']);
  expect(await readdir(elsewhere)).toEqual([]);
  await rm(elsewhere, { recursive: true });
});

test('an absolute path is taken as it is', async () => {
  const elsewhere = await makeBase();
  expect((await apply([web], { inputs: { path: join(elsewhere, 'x') } })).value?.location).toBe(join(elsewhere, 'x'));
  await rm(elsewhere, { recursive: true });
});

test('names that differ only by case get files of their own', async () => {
  await apply([makeRenderedObject({ name: 'web' }), makeRenderedObject({ name: 'WEB' })]);
  const names = await readdir(join(baseDir, 'out/manifests'));
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(2);
});

test('a pipe in place of a file does not hang the reader', async () => {
  await apply([web]);
  const path = join(baseDir, 'out/manifests/configmap-web.yaml');
  await unlink(path);
  await promisify(execFile)('mkfifo', [path]);
  const { value } = await directoryTarget.observe(request({ inventory: makeInventory([web]) }));
  expect(value?.objects).toEqual({});
  await apply([web]);
  expect((await lstat(path)).isFile()).toBe(true);
});

test('a damaged index stops everything', async () => {
  await apply([web]);
  await writeFile(join(baseDir, 'out/.tutti-index'), '{"version": 1');
  expect(await codesOf([web])).toEqual(['T6006']);
});

test('another environment of the same name is another owner', async () => {
  await apply([web]);
  const [diagnostic] = (await apply([web], { context: makeContext({ incarnation: 2 }) })).diagnostics;
  expect(diagnostic).toMatchObject({ code: 'T6002' });
  expect(diagnostic?.detail).toContain('belongs to shop/staging; shop/staging (number 2 of that name)');
});

test('what an interrupted run left behind is finished by the next one', async () => {
  await apply([web]);
  const interrupt = new AbortController();
  const many = Array.from({ length: 40 }, (_, index) =>
    makeRenderedObject({ name: `o${index}`, content: { data: { secret: makeSecret(`s${index}`) } } }),
  );
  const pulled = request({ signal: interrupt.signal });
  let writes = 0;
  const reveal: TargetRequest['reveal'] = (secret) => {
    writes += 1;
    return pulled.reveal(secret);
  };
  const cut = new Proxy(interrupt.signal, {
    get: (signal, name) => (name === 'throwIfAborted' && writes === 40 ? cutAfter(1) : Reflect.get(signal, name)),
  });
  let checks = 0;
  const cutAfter = (count: number) => () => {
    checks += 1;
    if (checks > count) throw new Error('killed');
  };
  await expect(apply([web, ...many], { reveal, signal: cut })).rejects.toThrow('killed');
  await writeFile(join(baseDir, 'out/manifests/.tutti-writing-left-behind'), 'half');
  expect(await readdir(join(baseDir, 'out/manifests'))).toHaveLength(18);
  expect((await apply([web, ...many])).diagnostics).toEqual([]);
  expect(await readdir(join(baseDir, 'out/manifests'))).toHaveLength(41);
  const { value } = await directoryTarget.observe(request({ inventory: makeInventory([web, ...many]) }));
  expect(Object.values(value?.objects ?? {}).every(({ isAsDeployed }) => isAsDeployed)).toBe(true);
  expect(value?.foreign).toEqual([]);
});

test('a folder that cannot be made is a diagnostic', async () => {
  await writeFile(join(baseDir, 'out'), 'a file');
  expect(await codesOf([web])).toEqual(['T6005']);
});

test('when everything is removed, nothing of ours is left', async () => {
  await apply([web]);
  await directoryTarget.apply(request(), { desired: [], changed: [], removed: [web.key] });
  expect(await readdir(join(baseDir, 'out'))).toEqual([]);
});
