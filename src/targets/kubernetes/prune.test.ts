import { describe, expect, it } from 'vitest';
import type { JsonObject, ObjectState, TargetRequest } from '../../core/index.ts';
import type { Answer, Cluster } from './cluster.ts';
import { mapOf } from './fields.ts';
import { pruneObjects } from './prune.ts';
import { makeCluster, makeLive, makeRendered, makeRequest, makeWaiting } from './test-support.ts';

const settings = makeRendered({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } });
const workload = makeRendered({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } });
const namespace = makeRendered({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });

/** Removes what the inventory holds; what was done to the cluster is listed. */
async function prune(states: readonly ObjectState[], parts: Partial<Cluster> = {}, more: Partial<TargetRequest> = {}) {
  const done: string[] = [];
  const gone = new Set<string>();
  const cluster = makeCluster({
    get: async ({ kind, name }): Promise<Answer> => {
      const state = states.find(({ key }) => key.includes(`/${kind}:`) && key.endsWith(`/${name}`));
      return state && !gone.has(kind) ? { kind: 'ok', live: makeLive(state) } : { kind: 'absent' };
    },
    remove: async ({ kind }, uid) => {
      done.push(`${kind} ${uid}`);
      gone.add(kind);
      return { kind: 'ok', live: {} };
    },
    ...parts,
  });
  const inventory = Object.fromEntries(states.map((state) => [state.key, state]));
  const request = makeRequest({ inventory, inputs: { timeoutSeconds: 3 }, ...more });
  const pruned = await pruneObjects(
    cluster,
    request,
    states.map(({ key }) => key),
    makeWaiting(),
  );
  return { done, survivors: pruned.value?.survivors, diagnostics: pruned.diagnostics };
}

const withUid = (uid: string): ObjectState => ({ ...settings, memory: { uid } });

describe('objects that are removed', () => {
  it('go by their uid, what refers to others first', async () => {
    expect(await prune([settings, namespace, workload])).toEqual({
      done: ['Deployment uid-1', 'ConfigMap uid-1', 'Namespace uid-1'],
      survivors: [],
      diagnostics: [],
    });
  });

  it('are those that were written: others of the same name stay, and count as gone', async () => {
    expect(await prune([withUid('uid-1')])).toMatchObject({ done: ['ConfigMap uid-1'], survivors: [] });
    expect(await prune([withUid('another')])).toMatchObject({ done: [], survivors: [] });
    const foreign = { ...makeLive(settings), metadata: { name: 'settings', uid: 'uid-1' } };
    expect(await prune([settings], { get: async () => ({ kind: 'ok', live: foreign }) })).toMatchObject({ done: [], survivors: [] });
  });

  it('survive where they cannot be looked at, or their removal is refused', async () => {
    const refusal = { status: 403, reason: 'Forbidden', message: 'you may not', causes: [] };
    const refuse = async (): Promise<Answer> => ({ kind: 'refused', refusal });
    const survived = { survivors: [settings.key], diagnostics: [{ code: 'T6204', detail: 'ConfigMap shop/settings: you may not.' }] };
    expect(await prune([settings], { get: refuse })).toMatchObject(survived);
    expect(await prune([settings], { remove: refuse })).toMatchObject(survived);
  });

  function stuck(state: ObjectState, more: JsonObject, finalizers: readonly string[] = []) {
    const live = makeLive(state, more);
    const held = { ...live, metadata: { ...mapOf(live['metadata']), finalizers } };
    return prune([state], { get: async () => ({ kind: 'ok', live: held }), remove: async () => ({ kind: 'ok', live: held }) });
  }

  it('survive where something holds them, and say what', async () => {
    const conditions = [{ type: 'Ready', status: 'False', reason: 'Deleting', message: 'a backup runs' }];
    expect(await stuck(workload, { status: { conditions } }, ['example.com/hold'])).toMatchObject({
      survivors: [workload.key],
      diagnostics: [
        { code: 'T6213', detail: expect.stringMatching(/not gone after 3 s\. It is held by example\.com\/hold\. .*a backup runs/) },
      ],
    });
  });

  it('and are namespaces say what is left in them', async () => {
    const conditions = [
      { type: 'NamespaceContentRemaining', status: 'False', message: 'All content successfully removed' },
      {
        type: 'NamespaceFinalizersRemaining',
        status: 'True',
        message: 'Some content has finalizers remaining: example.com/hold in 1 resource',
      },
    ];
    const { diagnostics } = await stuck(namespace, { status: { conditions } });
    expect(diagnostics[0]?.detail).toBe(
      'Namespace shop is not gone after 3 s. Some content has finalizers remaining: example.com/hold in 1 resource',
    );
  });

  it('count as gone when another has taken their place', async () => {
    let isFirst = true;
    const get = async (): Promise<Answer> => {
      const live = makeLive(settings);
      const metadata = { ...mapOf(live['metadata']), uid: isFirst ? 'uid-1' : 'uid-2' };
      isFirst = false;
      return { kind: 'ok', live: { ...live, metadata } };
    };
    expect(await prune([settings], { get })).toMatchObject({ survivors: [], diagnostics: [] });
  });
});

describe('a StatefulSet that goes', () => {
  const set = makeRendered({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'db' } }, volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
  });
  const claims = ['data-db-0', 'data-db-10', 'data-db-old', 'mine'].map((name) => ({ metadata: { name, uid: `uid-of-${name}` } }));
  const list: Cluster['list'] = async ({ kind }, selector) => (kind === 'PersistentVolumeClaim' && selector === 'app=db' ? claims : []);

  it('leaves its claims, and they are named', async () => {
    const { done, survivors, diagnostics } = await prune([set], { list });
    expect({ done, survivors }).toEqual({ done: ['StatefulSet uid-1'], survivors: [] });
    expect(diagnostics).toMatchObject([{ code: 'T6218', severity: 'info', detail: expect.stringMatching(/: data-db-0, data-db-10\.$/) }]);
  });

  it.each([[{ deletesData: 'all' }], [{ deletesData: [set.node] }]] as const)(
    'takes the claims that it made along where its data goes, and no others: %j',
    async (parts) => {
      const { done, survivors, diagnostics } = await prune([set], { list }, parts);
      expect(diagnostics).toEqual([]);
      expect(survivors).toEqual([]);
      expect(done).toEqual(['StatefulSet uid-1', 'PersistentVolumeClaim uid-of-data-db-0', 'PersistentVolumeClaim uid-of-data-db-10']);
    },
  );

  it('stays in mind until its claims are gone', async () => {
    const remove: Cluster['remove'] = async ({ kind }) =>
      kind === 'StatefulSet'
        ? { kind: 'absent' }
        : { kind: 'refused', refusal: { status: 403, reason: 'Forbidden', message: 'no', causes: [] } };
    const { survivors, diagnostics } = await prune([set], { list, remove }, { deletesData: 'all' });
    expect(survivors).toEqual([set.key]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['T6204', 'T6204']);
  });
});
