import { makeObjectKey, makeUid, type JsonObject, type RenderedObject, type TargetRequest } from '../../core/index.ts';
import type { Waiting } from './await-ready.ts';
import type { Cluster } from './cluster.ts';
import { mapOf, textOf } from './fields.ts';
import { markObject, setOf } from './mark.ts';

/** A request of an environment `shop/staging`. */
export function makeRequest(parts: Partial<TargetRequest> = {}): TargetRequest {
  return {
    context: {
      project: 'shop',
      environment: 'staging',
      environmentType: 'staging',
      target: 'cluster',
      format: 'kubernetes',
      incarnation: 1,
      labels: {},
      slug: 'shop-staging',
    },
    inputs: {},
    baseDir: '.',
    inventory: {},
    deployment: {
      id: 'one',
      number: 1,
      project: 'shop',
      environment: 'staging',
      requester: 'me',
      reason: '',
      plan: '',
      release: 1,
      workloads: [],
      startedAt: '2026-01-01T00:00:00Z',
    },
    reveal: async () => 'revealed',
    signal: new AbortController().signal,
    ...parts,
  };
}

/** An object as it is rendered. */
export function makeRendered(body: JsonObject, hash = 'new'): RenderedObject {
  const { name, namespace } = mapOf(body['metadata']);
  const identity = { apiVersion: textOf(body['apiVersion']), kind: textOf(body['kind']), namespace: textOf(namespace), name: textOf(name) };
  return { key: makeObjectKey(identity), node: makeUid({ type: 'thing', id: 'thing' }), body, hash };
}

/** The same as it is live, with what is said of it besides. */
export function makeLive({ key, body }: RenderedObject, more: JsonObject = {}): JsonObject {
  const plain: JsonObject = JSON.parse(JSON.stringify(body));
  const marked = markObject({ ...plain, ...more }, { key, hash: 'old', set: setOf(makeRequest().context) });
  return { ...marked, metadata: { uid: 'uid-1', resourceVersion: '1', ...mapOf(marked['metadata']) } };
}

/** A cluster that does what the test says, and nothing else. */
export function makeCluster(parts: Partial<Cluster>): Cluster {
  const unexpected = async (): Promise<never> => {
    throw new Error('nobody asked for this');
  };
  return {
    location: 'https://cluster',
    get: unexpected,
    apply: unexpected,
    remove: unexpected,
    removeAlone: unexpected,
    list: async () => [],
    events: async () => [],
    lastLines: async () => [],
    search: unexpected,
    logs: unexpected,
    watch: unexpected,
    listAt: unexpected,
    listBriefly: unexpected,
    follow: unexpected,
    ...parts,
  };
}

/** A clock that goes only when somebody sleeps. */
export function makeWaiting(): Waiting & { readonly seconds: () => number } {
  let ms = 0;
  return {
    now: () => new Date(ms).toISOString(),
    seconds: () => ms / 1000,
    sleep: async (duration, signal) => {
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      ms += duration;
    },
  };
}
