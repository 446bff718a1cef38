import { describe, expect, it } from 'vitest';
import { createChanges, readChange } from './create-changes.ts';
import type { Call } from './request.ts';

const kind = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop' };
const object = { metadata: { name: 'web', resourceVersion: '7' } };
const signal = new AbortController().signal;

describe('a line of a watch', () => {
  it.each([
    [
      { type: 'ADDED', object },
      { kind: 'changed', object, version: '7' },
    ],
    [
      { type: 'MODIFIED', object },
      { kind: 'changed', object, version: '7' },
    ],
    [
      { type: 'DELETED', object },
      { kind: 'removed', object, version: '7' },
    ],
    [
      { type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } },
      { kind: 'mark', version: '9' },
    ],
    [{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }, { kind: 'forgotten' }],
    [{ type: 'ERROR', object: { code: 500 } }, { kind: 'broken' }],
    [{ type: 'ADDED', object: {} }, { kind: 'broken' }],
    [{ type: 'ELSE', object }, { kind: 'broken' }],
  ])('says what has become of an object: %j', (event, change) => {
    expect(readChange(JSON.stringify(event))).toEqual(change);
  });

  it('may be no JSON', () => {
    expect(readChange('{"type":"ADDED","obj')).toEqual({ kind: 'broken' });
  });
});

describe('a kind that is followed', () => {
  function open(answers: readonly object[], lines: readonly object[] = []) {
    const calls: Call[] = [];
    const left = [...answers];
    const paths: string[] = [];
    async function* say(): AsyncIterable<string> {
      for (const line of lines) yield JSON.stringify(line);
    }
    const changes = createChanges(async () => '/apis/apps/v1/namespaces/shop/deployments', {
      send: async (call) => {
        calls.push(call);
        return { status: 200, text: JSON.stringify(left.shift()) };
      },
      openLines: async (path) => {
        paths.push(path);
        return { kind: 'lines', lines: say() };
      },
    });
    return { changes, calls, paths };
  }

  it('is listed page by page, each member with its kind', async () => {
    const { changes, calls } = open([
      { metadata: { resourceVersion: '5', continue: 'a b' }, items: [object] },
      { metadata: { resourceVersion: '5' }, items: [object] },
    ]);
    const listed = await changes.listAt(kind, 'tutti.dev/set=x', signal);
    expect(listed).toMatchObject({ kind: 'ok', version: '5', items: [{ kind: 'Deployment', apiVersion: 'apps/v1' }, {}] });
    expect(calls.map(({ path }) => path.split('?')[1])).toEqual([
      'limit=500&labelSelector=tutti.dev%2Fset%3Dx',
      'limit=500&labelSelector=tutti.dev%2Fset%3Dx&continue=a%20b',
    ]);
  });

  it('is watched from a version, with marks and an end', async () => {
    const { changes, paths } = open([], [{ type: 'ADDED', object }]);
    const followed = await changes.follow(kind, { labelSelector: 'tutti.dev/set=x', version: '5' }, signal);
    const seen = [];
    if (followed.kind === 'items') for await (const change of followed.items) seen.push(change.kind);
    expect(seen).toEqual(['changed']);
    expect(paths[0]).toMatch(/watch=true&allowWatchBookmarks=true&timeoutSeconds=\d+&resourceVersion=5&/);
  });

  it('that the cluster does not have is refused', async () => {
    const nowhere = {
      send: async () => ({ status: 500, text: '' }),
      openLines: async (): Promise<never> => Promise.reject(new Error('no')),
    };
    const changes = createChanges(async () => undefined, nowhere);
    expect(await changes.listAt(kind, '', signal)).toMatchObject({ kind: 'refused', refusal: { status: 404 } });
    expect(await changes.follow(kind, { labelSelector: '', version: '1' }, signal)).toMatchObject({ kind: 'refused' });
  });
});
