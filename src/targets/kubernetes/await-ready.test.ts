import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/index.ts';
import { awaitObjects, type Waiting } from './await-ready.ts';
import type { Change, ListedAt } from './changes.ts';
import type { Cluster, Refusal } from './cluster.ts';
import { mapOf } from './fields.ts';
import type { Streamed } from './streams.ts';
import { makeCluster, makeLive, makeRendered, makeRequest, makeWaiting } from './test-support.ts';

const gadget = makeRendered({
  apiVersion: 'example.com/v1',
  kind: 'Gadget',
  metadata: { name: 'one', namespace: 'shop', annotations: { 'tutti.dev/ready-when': "object.status.phase == 'Bound'" } },
});

function inPhase(phase: string, version: number): JsonObject {
  const live = makeLive(gadget, { status: { phase } });
  return { ...live, metadata: { ...mapOf(live['metadata']), resourceVersion: String(version) } };
}

function changeTo(phase: string, version: number): Change {
  return { kind: 'changed', object: inPhase(phase, version), version: String(version) };
}

const lost = (): never => {
  throw new Error('the connection was lost');
};

async function* streamOf(changes: readonly (Change | (() => never))[]): AsyncIterable<Change> {
  for (const change of changes) yield typeof change === 'function' ? change() : change;
}

type Script = readonly (readonly (Change | (() => never))[] | Refusal)[];

const refusalOf = (status: number): Refusal => ({ status, reason: '', message: 'no', causes: [] });

/** A cluster whose watches say one after the other what the script has; what it is asked is listed. */
function play(
  script: Script,
  { lists = [], gets = [] }: { readonly lists?: readonly ListedAt[]; readonly gets?: readonly JsonObject[] } = {},
) {
  const asked: string[] = [];
  const left = { script: [...script], lists: [...lists], gets: [...gets] };
  const pending: ListedAt = { kind: 'ok', items: [inPhase('Pending', 10)], version: '10' };
  const cluster: Cluster = makeCluster({
    get: async () => {
      asked.push('get');
      return { kind: 'ok', live: left.gets.shift() ?? inPhase('Pending', 10) };
    },
    listAt: async () => {
      asked.push('list');
      return left.lists.shift() ?? pending;
    },
    follow: async (_, { version }): Promise<Streamed<Change>> => {
      asked.push(`watch from ${version}`);
      const next = left.script.shift() ?? [];
      return 'status' in next ? { kind: 'refused', refusal: next } : { kind: 'items', items: streamOf(next) };
    },
  });
  return { cluster, asked };
}

describe('waiting by a watch', () => {
  it('asks nothing more of what is ready at the first look', async () => {
    const { cluster, asked } = play([], { gets: [inPhase('Bound', 10)] });
    expect(await awaitObjects(cluster, makeRequest(), [gadget], makeWaiting())).toEqual({ value: undefined, diagnostics: [] });
    expect(asked).toEqual(['get']);
  });

  it('asks nothing at all of what is ready by being there', async () => {
    const settings = makeRendered({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    expect((await awaitObjects(makeCluster({}), makeRequest(), [settings], makeWaiting())).diagnostics).toEqual([]);
  });

  it('hears by one watch that an object is ready', async () => {
    const { cluster, asked } = play([[changeTo('Pending', 11), changeTo('Bound', 12)]]);
    expect((await awaitObjects(cluster, makeRequest(), [gadget], makeWaiting())).diagnostics).toEqual([]);
    expect(asked).toEqual(['get', 'list', 'watch from 10']);
  });

  it('goes on where it was when the connection is lost, later by a mark', async () => {
    const { cluster, asked } = play([[changeTo('Pending', 11), lost], [{ kind: 'mark', version: '20' }], [changeTo('Bound', 21)]]);
    expect((await awaitObjects(cluster, makeRequest(), [gadget], makeWaiting())).diagnostics).toEqual([]);
    expect(asked).toEqual(['get', 'list', 'watch from 10', 'watch from 11', 'watch from 20']);
  });

  it.each([
    ['in the watch', [{ kind: 'forgotten' }] as const],
    ['before it', refusalOf(410)],
  ])('lists anew when the server has forgotten what was: %s', async (_, forgotten) => {
    const lists: readonly ListedAt[] = [
      { kind: 'ok', items: [inPhase('Pending', 10)], version: '10' },
      { kind: 'ok', items: [inPhase('Bound', 30)], version: '31' },
    ];
    const { cluster, asked } = play([forgotten], { lists });
    expect((await awaitObjects(cluster, makeRequest(), [gadget], makeWaiting())).diagnostics).toEqual([]);
    expect(asked.slice(0, 4)).toEqual(['get', 'list', 'watch from 10', 'list']);
  });

  it('ends as soon as something has failed', async () => {
    const readiness = [{ kind: 'Gadget', ready: 'false', failed: "object.status.phase == 'Error'" }];
    const metadata = { name: 'one', namespace: 'shop', resourceVersion: '11' };
    const { cluster } = play([[{ kind: 'changed', object: { ...inPhase('Error', 11), metadata }, version: '11' }]]);
    const waiting = makeWaiting();
    const { diagnostics } = await awaitObjects(cluster, makeRequest({ inputs: { readiness } }), [gadget], waiting);
    expect(diagnostics).toMatchObject([{ code: 'T6211' }]);
    expect(waiting.seconds()).toBeLessThan(60);
  });

  it('does not believe what is older than what it has seen', async () => {
    const { cluster } = play([[changeTo('Bound', 9)]]);
    const request = makeRequest({ inputs: { timeoutSeconds: 20 } });
    expect((await awaitObjects(cluster, request, [gadget], makeWaiting())).diagnostics).toMatchObject([{ code: 'T6212' }]);
  });

  it('ends at its deadline however many watches fail, after a last look', async () => {
    const { cluster, asked } = play(Array.from({ length: 100 }, () => [lost]));
    const waiting = makeWaiting();
    const { diagnostics } = await awaitObjects(cluster, makeRequest({ inputs: { timeoutSeconds: 60 } }), [gadget], waiting);
    expect(diagnostics).toMatchObject([{ code: 'T6212' }]);
    expect(asked.at(-1)).toBe('get');
    expect(asked.filter((each) => each.startsWith('watch')).length).toBeLessThan(15);
  });

  it('looks again and again where it may not watch', async () => {
    const gets = [inPhase('Pending', 10), inPhase('Pending', 10), inPhase('Bound', 12)];
    const { cluster, asked } = play([refusalOf(403)], { gets });
    expect((await awaitObjects(cluster, makeRequest(), [gadget], makeWaiting())).diagnostics).toEqual([]);
    expect(asked).toEqual(['get', 'list', 'watch from 10', 'get', 'get']);
  });

  it('says what somebody has removed', async () => {
    const { cluster } = play([[{ kind: 'removed', object: inPhase('Pending', 11), version: '11' }]]);
    let count = 0;
    const get: Cluster['get'] = async () => (count++ === 0 ? { kind: 'ok', live: inPhase('Pending', 10) } : { kind: 'absent' });
    const { diagnostics } = await awaitObjects({ ...cluster, get }, makeRequest(), [gadget], makeWaiting());
    expect(diagnostics).toMatchObject([{ code: 'T6211', detail: 'Gadget shop/one: it was removed by somebody else' }]);
  });

  it('reads many objects of a kind by one list', async () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      makeRendered({ ...mapOf(inPhase('Bound', 1)), metadata: { name: `g-${index}`, namespace: 'shop' } }),
    );
    const { cluster, asked } = play([], { lists: [{ kind: 'ok', items: many.map((each) => makeLive(each)), version: '10' }] });
    expect((await awaitObjects(cluster, makeRequest(), many, makeWaiting())).diagnostics).toEqual([]);
    expect(asked).toEqual(['list']);
  });

  it('shares a watch with whoever waits for the same kind, and ends it with the last', async () => {
    const { promise: bound, resolve: bind } = Promise.withResolvers<void>();
    const asked: string[] = [];
    let signalOfWatch: AbortSignal | undefined;
    async function* wait(): AsyncIterable<Change> {
      await bound;
      yield changeTo('Bound', 12);
    }
    const cluster = makeCluster({
      get: async () => ({ kind: 'ok', live: inPhase('Pending', 10) }),
      listAt: async () => ({ kind: 'ok', items: [inPhase('Pending', 10)], version: '10' }),
      follow: async (_, { version }, signal) => {
        asked.push(`watch from ${version}`);
        signalOfWatch = signal;
        return { kind: 'items', items: wait() };
      },
    });
    const waiting: Waiting = { now: () => '2026-01-01T00:00:00Z', sleep: (_, signal) => untilAborted(signal) };
    const both = [1, 2].map(() => awaitObjects(cluster, makeRequest(), [gadget], waiting));
    await new Promise((resolve) => setImmediate(resolve));
    bind();
    for (const { diagnostics } of await Promise.all(both)) expect(diagnostics).toEqual([]);
    expect(asked).toEqual(['watch from 10']);
    expect(signalOfWatch?.aborted).toBe(true);
  });
});

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(new Error('aborted'));
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}
