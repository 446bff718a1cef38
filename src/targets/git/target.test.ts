import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { RenderedObject, TargetRequest } from '../../core/index.ts';
import { deploymentFacts, describeTarget, makeInventory, makeRenderedObject, makeSecret, makeTargetRequest } from '../../testing/index.ts';
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

async function makeRepository(): Promise<string> {
  const base = await mkdtemp(join(tmpdir(), 'tutti-git-test-'));
  await git(base, 'init', '--quiet', '--bare', '--initial-branch=main', 'fleet.git');
  return base;
}

/** Commits a change of files as somebody else would. */
async function commitElsewhere(base: string, change: (clone: string) => Promise<void>, branch = 'main'): Promise<void> {
  const clone = await mkdtemp(join(base, 'clone-'));
  await git(base, 'clone', '--quiet', 'fleet.git', clone);
  await git(clone, 'checkout', '--quiet', '-B', branch);
  await change(clone);
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--quiet', '-m', 'by hand');
  await git(clone, 'push', '--quiet', 'origin', branch);
  await rm(clone, { recursive: true });
}

const folder = 'shop/staging/manifests';

describeTarget('git', { describe, it, expect }, async () => {
  const baseDir = await makeRepository();
  const repository = join(baseDir, 'fleet.git');
  return {
    target: gitTarget,
    inputs: { repository: 'fleet.git', path: 'shop/staging' },
    baseDir,
    tamper: (key) =>
      commitElsewhere(baseDir, async (clone) => {
        const file = key.includes('Service') ? 'service-api.yaml' : 'configmap-web.yaml';
        await writeFile(join(clone, folder, file), 'tampered: true\n');
      }),
    snapshot: async () => ((await git(repository, 'for-each-ref')) === '' ? '' : git(repository, 'ls-tree', '-r', 'main')),
    cleanUp: () => rm(baseDir, { recursive: true }),
  };
});

let baseDir = '';
beforeEach(async () => {
  baseDir = await makeRepository();
});
afterEach(() => rm(baseDir, { recursive: true }));

const web = makeRenderedObject({ name: 'web', content: { data: { a: '1' } } });
const web2 = makeRenderedObject({ name: 'web', content: { data: { a: '2' } } });
const api = makeRenderedObject({ name: 'api' });

function request(parts: Partial<TargetRequest> = {}): TargetRequest {
  return makeTargetRequest({ baseDir, inputs: { repository: 'fleet.git' }, ...parts });
}

async function apply(objects: readonly RenderedObject[], parts: Partial<TargetRequest> = {}) {
  return gitTarget.apply(request(parts), { desired: objects, changed: objects.map(({ key }) => key), removed: [] });
}

async function codesOf(inputs: TargetRequest['inputs']): Promise<readonly string[]> {
  const applied = await apply([web], { inputs });
  const observed = await gitTarget.observe(request({ inputs }));
  expect(observed.diagnostics.map(({ code }) => code)).toEqual(applied.diagnostics.map(({ code }) => code));
  return applied.diagnostics.map(({ code }) => code);
}

async function log(format: string): Promise<string> {
  return git(join(baseDir, 'fleet.git'), 'log', `--format=${format}`, 'main');
}

async function show(path: string): Promise<string> {
  return git(join(baseDir, 'fleet.git'), 'show', `main:${path}`);
}

/** Puts a hook into the repository that is deployed to. */
async function addHook(name: string, script: string): Promise<void> {
  const path = join(baseDir, 'fleet.git/hooks', name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

test('a deployment is one commit with trailers that name it', async () => {
  const { value } = await apply([web, api]);
  expect(value?.revision).toBe((await log('%H')).trim());
  expect(await log('%an <%ae> %at%n%B')).toBe(
    [
      'tutti <tutti@localhost> 1767323045',
      'Deploy shop/staging: number 1',
      '',
      '2 objects written, 0 removed.',
      '',
      'a test',
      '',
      'Tutti-Deployment: 1',
      `Tutti-Deployment-Id: ${deploymentFacts.id}`,
      'Tutti-Environment: shop/staging',
      `Tutti-Plan: ${'a'.repeat(64)}`,
      'Tutti-Release: 1',
      'Tutti-Requester: ada',
      `Tutti-Workload-Digest: web ${'b'.repeat(64)}`,
      '',
      '',
    ].join('\n'),
  );
  expect(await log('%(trailers:key=Tutti-Environment,valueonly)')).toContain('shop/staging');
  expect(await show(`${folder}/configmap-web.yaml`)).toBe(
    'apiVersion: v1\ndata:\n  a: "1"\nkind: ConfigMap\nmetadata:\n  name: web\n  namespace: shop-staging\n',
  );
});

test('the receipt says where the result lies and how to look at it', async () => {
  expect((await apply([web])).value).toMatchObject({
    location: 'fleet.git, branch main, folder shop/staging',
    nextCommand: 'git clone --quiet --branch main fleet.git checkout && kubectl apply --server-side -f checkout/shop/staging/manifests',
  });
});

test('nothing is committed when nothing changed', async () => {
  await apply([web]);
  expect((await apply([web], { deployment: { ...deploymentFacts, id: 'another' } })).value?.revision).toBeUndefined();
  expect((await log('%h')).trim().split('\n')).toHaveLength(1);
});

test('the commit of a deployment whose answer was lost is found again', async () => {
  const first = await apply([web]);
  expect((await apply([web])).value?.revision).toBe(first.value?.revision);
});

test('the same change gives the same commit', async () => {
  const other = await makeRepository();
  const first = await apply([web]);
  const second = await apply([web], { baseDir: other });
  expect(second.value?.revision).toBe(first.value?.revision);
  await rm(other, { recursive: true });
});

test('an author can be given, and cannot break out of its line', async () => {
  await apply([web], { inputs: { repository: 'fleet.git', author: { name: 'CI> \nBot', email: 'ci@example.com' } } });
  expect(await log('%an <%ae>')).toBe('CI Bot <ci@example.com>\n');
});

test('a reason cannot forge trailers', async () => {
  await apply([web], { deployment: { ...deploymentFacts, reason: 'x\n\nTutti-Requester: admin', requester: 'ada\nTutti-Plan: forged' } });
  expect((await log('%(trailers:key=Tutti-Plan,valueonly)')).trim()).toBe('a'.repeat(64));
  expect((await log('%(trailers:key=Tutti-Requester,valueonly)')).trim()).toBe('ada Tutti-Plan: forged');
});

test('a secret is never written, and planning says what to configure', async () => {
  const secrets = [
    makeRenderedObject({ name: 'db', kind: 'Secret', content: { data: { a: 'aGk=' } } }),
    makeRenderedObject({ name: 'config', content: { data: { password: makeSecret('password') } } }),
  ];
  const { diagnostics } = await gitTarget.plan(request(), [...secrets, web]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['T6101', 'T6101']);
  expect(diagnostics[0]?.detail).toContain('SecretStore');
  await expect(apply([makeRenderedObject({ name: 'config', content: { data: { password: makeSecret('password') } } })])).rejects.toThrow(
    'secret',
  );
});

test('what others commit besides stays', async () => {
  await commitElsewhere(baseDir, (clone) => writeFile(join(clone, 'README'), 'theirs'));
  await apply([web]);
  await commitElsewhere(baseDir, (clone) => writeFile(join(clone, 'other'), 'theirs'));
  await apply([web2]);
  expect([await show('README'), await show('other')]).toEqual(['theirs', 'theirs']);
  expect((await log('%s')).trim().split('\n')).toEqual([
    'Deploy shop/staging: number 1',
    'by hand',
    'Deploy shop/staging: number 1',
    'by hand',
  ]);
});

/** A hook that makes somebody else push while ours is on its way, the given number of times. */
async function raceOnce(path: string, count = 1): Promise<void> {
  const script = [
    'unset GIT_QUARANTINE_PATH',
    'count=$(cat raced 2>/dev/null || echo 0)',
    `[ "$count" -ge ${count} ] && exit 0`,
    'echo $((count + 1)) > raced',
    'export GIT_INDEX_FILE=$PWD/raced.index GIT_AUTHOR_NAME=eve GIT_AUTHOR_EMAIL=e@e GIT_COMMITTER_NAME=eve GIT_COMMITTER_EMAIL=e@e',
    'unset GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES',
    'git read-tree refs/heads/main',
    'blob=$(echo "raced: $count" | git hash-object -w --stdin)',
    `git update-index --add --cacheinfo 100644,$blob,${path}`,
    'commit=$(echo raced | git commit-tree $(git write-tree) -p refs/heads/main)',
    'git update-ref refs/heads/main $commit',
  ];
  await addHook('pre-receive', script.join('\n'));
}

test('when somebody else pushes meanwhile, the same change is made on top of theirs', async () => {
  await apply([web]);
  await raceOnce('theirs');
  const { value, diagnostics } = await apply([web2]);
  expect(diagnostics).toEqual([]);
  expect(value?.revision).toBe((await log('%H')).split('\n')[0]);
  expect((await log('%s')).trim().split('\n')).toEqual(['Deploy shop/staging: number 1', 'raced', 'Deploy shop/staging: number 1']);
  expect(await show('theirs')).toBe('raced: 0\n');
});

test('what somebody else pushes into our files meanwhile is not overwritten', async () => {
  await apply([web]);
  await raceOnce(`${folder}/configmap-web.yaml`);
  expect((await apply([web2])).diagnostics.map(({ code }) => code)).toEqual(['T6110']);
  expect(await show(`${folder}/configmap-web.yaml`)).toBe('raced: 0\n');
});

test('it gives up when somebody else pushes every time', async () => {
  await apply([web]);
  await raceOnce('theirs', 100);
  expect((await apply([web2])).diagnostics.map(({ code }) => code)).toEqual(['T6108']);
});

test('a hook that refuses is quoted', async () => {
  await addHook('pre-receive', 'echo "no deployments on Fridays" >&2; exit 1');
  const { diagnostics } = await apply([web]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['T6106']);
  expect(diagnostics[0]?.detail).toContain('no deployments on Fridays');
});

test('a branch that does not exist is begun without history', async () => {
  await commitElsewhere(baseDir, (clone) => writeFile(join(clone, 'README'), 'theirs'));
  await apply([web], { inputs: { repository: 'fleet.git', branch: 'env/staging' } });
  expect((await git(join(baseDir, 'fleet.git'), 'ls-tree', '-r', '--name-only', 'env/staging')).trim().split('\n')).toEqual([
    'shop/staging/.tutti-index',
    `${folder}/configmap-web.yaml`,
  ]);
});

test('a branch that somebody works on is not pulled from under them', async () => {
  await git(baseDir, 'init', '--quiet', '--initial-branch=main', 'work');
  await git(join(baseDir, 'work'), 'commit', '--quiet', '--allow-empty', '-m', 'first');
  const inputs = { repository: 'work' };
  expect((await apply([web], { inputs })).diagnostics.map(({ code }) => code)).toEqual(['T6107']);
  expect((await apply([web], { inputs: { ...inputs, branch: 'deploy' } })).diagnostics).toEqual([]);
});

test('a repository that does not exist is a diagnostic that says how to make one', async () => {
  expect(await codesOf({ repository: 'nowhere.git' })).toEqual(['T6105']);
  const { diagnostics } = await apply([web], { inputs: { repository: 'nowhere.git' } });
  expect(diagnostics[0]?.detail).toContain('git init --bare nowhere.git');
});

test('addresses that run commands are refused', async () => {
  const marker = join(baseDir, 'ran');
  const addresses = [
    `ext::sh -c "touch ${marker}"`,
    `--upload-pack=touch ${marker}`,
    '-oProxyCommand=date',
    'ssh://-oProxyCommand=date/x',
    'ssh://git@-oProxyCommand=date/x',
    'git@-host:x',
    'git://example.com/x',
    'http://example.com/x',
    'fd::17/foo',
    'fleet.git\n',
  ];
  for (const repository of addresses) expect(await codesOf({ repository })).toEqual(['T6102']);
  expect(await readdir(baseDir)).toEqual(['fleet.git']);
});

test('branches that git would take for something else are refused', async () => {
  for (const branch of ['--upload-pack=x', '-f', 'a..b', 'a b', '../x', 'a.lock', 'x:y', '+x', '@{1}', 'a/', '/a']) {
    expect(await codesOf({ repository: 'fleet.git', branch })).toEqual(['T6103']);
  }
});

test('paths that lead out of the repository or into what is Git’s are refused', async () => {
  for (const path of ['../x', 'a/../../b', '/etc', '.git/hooks', 'a/.GIT/b', 'a\nb', 'a"b', 'a\\b']) {
    expect(await codesOf({ repository: 'fleet.git', path })).toEqual(['T6004']);
  }
});

test('the folder may be the root of the repository', async () => {
  await apply([web], { inputs: { repository: 'fleet.git', path: '.' } });
  expect(await show('manifests/configmap-web.yaml')).toContain('ConfigMap');
  const { value } = await gitTarget.observe(request({ inputs: { repository: 'fleet.git', path: '.' }, inventory: makeInventory([web]) }));
  expect(value?.objects[web.key]?.isAsDeployed).toBe(true);
});

test('a file or a link on the way to the folder is not replaced', async () => {
  await commitElsewhere(baseDir, (clone) => writeFile(join(clone, 'shop'), 'theirs'));
  expect(await codesOf({ repository: 'fleet.git' })).toEqual(['T6003']);
  expect(await show('shop')).toBe('theirs');
});

test('a file in the folder that is not ours is not overwritten, and named by what is in it', async () => {
  await apply([web]);
  await commitElsewhere(baseDir, (clone) =>
    writeFile(
      join(clone, folder, 'configmap-api.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: api, namespace: shop-staging}\n',
    ),
  );
  expect((await apply([web, api])).diagnostics.map(({ code }) => code)).toEqual(['T6003']);
  expect((await gitTarget.observe(request())).value?.foreign).toEqual([{ key: api.key }]);
});

test('variables that steer git are not passed on', async () => {
  process.env['GIT_DIR'] = join(baseDir, 'elsewhere');
  process.env['GIT_CONFIG_COUNT'] = '1';
  process.env['GIT_CONFIG_KEY_0'] = 'url.ext::date.insteadOf';
  process.env['GIT_CONFIG_VALUE_0'] = baseDir;
  try {
    expect((await apply([web])).diagnostics).toEqual([]);
  } finally {
    for (const name of ['GIT_DIR', 'GIT_CONFIG_COUNT', 'GIT_CONFIG_KEY_0', 'GIT_CONFIG_VALUE_0']) delete process.env[name];
  }
});

test('passwords in addresses are not shown', async () => {
  const inputs = { repository: 'https://ada:canary@127.0.0.1:1/x.git' };
  const { diagnostics } = await apply([web], { inputs });
  expect(diagnostics.map(({ code }) => code)).toEqual(['T6105']);
  expect(JSON.stringify(diagnostics)).not.toContain('canary');
});

test('when everything is removed, the folder is gone from the branch', async () => {
  await commitElsewhere(baseDir, (clone) => writeFile(join(clone, 'README'), 'theirs'));
  await apply([web]);
  await gitTarget.apply(request(), { desired: [], changed: [], removed: [web.key] });
  expect(await git(join(baseDir, 'fleet.git'), 'ls-tree', '-r', '--name-only', 'main')).toBe('README\n');
});

test('no workspace is left behind', async () => {
  // A folder for temporary files of its own: others run at the same time.
  const own = await mkdtemp(join(tmpdir(), 'tutti-git-test-'));
  vi.stubEnv('TMPDIR', own);
  try {
    expect(tmpdir()).toBe(own);
    await apply([web]);
    await apply([web], { inputs: { repository: 'nowhere.git' } });
    expect((await readdir(own)).filter((name) => !name.startsWith('tutti-git-test-'))).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    await rm(own, { recursive: true, force: true });
  }
});
