import { describe, expect, it } from 'vitest';
import { readKubeconfig, type Choice, type KubeconfigHost } from './kubeconfig.ts';

const base = {
  clusters: [{ name: 'west', cluster: { server: 'https://west.example.com:6443/', 'certificate-authority-data': 'Y2E=' } }],
  users: [{ name: 'me', user: { token: 'one' } }],
  contexts: [{ name: 'west', context: { cluster: 'west', user: 'me' } }],
  'current-context': 'west',
};

type Files = Readonly<Record<string, unknown>>;

function hostOf(files: Files, env: KubeconfigHost['env'] = {}): KubeconfigHost {
  const texts = new Map(Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? file : JSON.stringify(file)]));
  return { env, home: '/home', readText: async (path) => texts.get(path) };
}

function read(files: Files, choice: Choice = {}, env?: KubeconfigHost['env']) {
  return readKubeconfig(choice, hostOf(files, env));
}

const withUser = (user: object) => ({ ...base, users: [{ name: 'me', user }] });
const withCluster = (cluster: object) => ({ ...base, clusters: [{ name: 'west', cluster }] });

describe('a kubeconfig', () => {
  it('is looked for in the home folder', async () => {
    const found = await read({ '/home/.kube/config': base });
    expect(found?.value).toMatchObject({ url: 'https://west.example.com:6443', ca: 'ca' });
    expect(await found?.value?.readToken()).toBe('one');
  });

  it('may be nowhere', async () => {
    expect(await read({})).toBeUndefined();
  });

  it('may be several: of two that say the same the first counts', async () => {
    const second = {
      clusters: [{ name: 'east', cluster: { server: 'https://east.example.com' } }],
      users: base.users,
      contexts: [{ name: 'east', context: { cluster: 'east', user: 'me' } }],
      'current-context': 'east',
    };
    const env = { KUBECONFIG: '/a:/missing:/b' };
    expect((await read({ '/a': base, '/b': second }, {}, env))?.value?.url).toBe('https://west.example.com:6443');
    expect((await read({ '/a': base, '/b': second }, { context: 'east' }, env))?.value?.url).toBe('https://east.example.com');
  });

  it('names files beside itself', async () => {
    const files = {
      '/etc/kube/config': {
        ...withCluster({ server: 'https://x', 'certificate-authority': 'ca.pem' }),
        users: [{ name: 'me', user: { 'client-certificate': 'me.pem', 'client-key': '/keys/me' } }],
      },
      '/etc/kube/ca.pem': 'authority',
      '/etc/kube/me.pem': 'certificate',
      '/keys/me': 'key',
    };
    expect((await read(files, { kubeconfig: '/etc/kube/config' }))?.value).toMatchObject({
      ca: 'authority',
      cert: 'certificate',
      key: 'key',
    });
  });

  it('names a file with the token, which is read anew for every request', async () => {
    let token = 'first';
    const host: KubeconfigHost = {
      env: {},
      home: '/home',
      readText: async (path) => (path === '/token' ? `${token}\n` : JSON.stringify(withUser({ tokenFile: '/token' }))),
    };
    const found = await readKubeconfig({}, host);
    expect(await found?.value?.readToken()).toBe('first');
    token = 'second';
    expect(await found?.value?.readToken()).toBe('second');
  });

  it.each([
    ['a program that gives credentials', withUser({ exec: { command: 'evil' } }), 'from a program'],
    ['a provider of kubectl itself', withUser({ 'auth-provider': { name: 'x' } }), 'from a provider of kubectl'],
    ['a server that is not verified', withCluster({ server: 'https://x', 'insecure-skip-tls-verify': true }), 'not verified'],
    ['a server without encryption', withCluster({ server: 'http://x' }), 'https://'],
    ['a context that is not there', { ...base, 'current-context': 'nowhere' }, '"nowhere"'],
    ['no context', { ...base, 'current-context': undefined }, 'no current context'],
    ['no cluster', { ...base, clusters: [] }, '"west"'],
    ['lists that are none', { ...base, clusters: 'x', contexts: {} }, '"west"'],
  ])('with %s is refused, and says why', async (_, config, why) => {
    const found = await read({ '/home/.kube/config': config });
    expect(found?.value).toBeUndefined();
    expect(found?.diagnostics).toMatchObject([{ code: 'T6214', detail: expect.stringContaining(why) }]);
  });

  it('that is named has to be there', async () => {
    expect((await read({}, { kubeconfig: '/nowhere' }))?.diagnostics).toMatchObject([
      { code: 'T6214', detail: expect.stringContaining('/nowhere') },
    ]);
  });

  it('never shows in a problem what it holds', async () => {
    const found = await read({
      '/home/.kube/config': { ...withUser({ exec: { command: 'evil', env: [{ value: 'hunter2' }] }, token: 'hunter2' }) },
    });
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});
