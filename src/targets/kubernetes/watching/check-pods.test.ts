import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../core/index.ts';
import { awaitObjects } from '../await-ready.ts';
import type { Cluster } from '../cluster.ts';
import { mapOf } from '../fields.ts';
import { makeCluster, makeLive, makeRendered, makeRequest, makeWaiting } from '../test-support.ts';

const selector = { matchLabels: { app: 'web' } };

function makeWorkload(kind: string, annotations: JsonObject = {}) {
  return makeRendered({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'shop', annotations },
    spec: { replicas: 1, selector },
  });
}

const waits = (reason: string, restartCount = 0): JsonObject => ({ name: 'main', restartCount, state: { waiting: { reason } } });

function makePod(container: JsonObject, labels: JsonObject, metadata: JsonObject = {}): JsonObject {
  const age = { creationTimestamp: '1970-01-01T00:00:00Z' };
  return { metadata: { name: 'web-1', labels, ...age, ...metadata }, status: { phase: 'Pending', containerStatuses: [container] } };
}

const revision = (number: string, hash: string): JsonObject => ({
  metadata: { annotations: { 'deployment.kubernetes.io/revision': number }, labels: { 'pod-template-hash': hash } },
});

const [isNew, isOld] = [{ 'pod-template-hash': 'new' }, { 'pod-template-hash': 'old' }];

interface Situation {
  readonly pods: readonly JsonObject[];
  readonly kind?: string;
  readonly annotations?: JsonObject;
  readonly status?: JsonObject;
}

/** Waits for a workload that never becomes ready, for five minutes at most. */
async function wait({ pods, kind = 'Deployment', annotations = {}, status = {} }: Situation) {
  const workload = makeWorkload(kind, annotations);
  const made = makeLive(workload, { status });
  const metadata = mapOf(made['metadata']);
  const own = { ...mapOf(metadata['annotations']), 'deployment.kubernetes.io/revision': '2' };
  const live = { ...made, metadata: { ...metadata, annotations: own } };
  const listed: string[] = [];
  const list: Cluster['list'] = async (of) => {
    listed.push(of.kind);
    if (of.kind === 'Pod') return pods;
    return of.kind === 'ReplicaSet' ? [revision('1', 'old'), revision('2', 'new')] : [daemonRevision(1, 'old'), daemonRevision(2, 'new')];
  };
  const cluster = makeCluster({
    list,
    get: async () => ({ kind: 'ok', live }),
    listAt: async () => ({ kind: 'ok', items: [live], version: '1' }),
    follow: async () => ({ kind: 'items', items: nothing() }),
  });
  const waiting = makeWaiting();
  const { diagnostics } = await awaitObjects(cluster, makeRequest(), [workload], waiting);
  return { diagnostics, seconds: waiting.seconds(), listed };
}

async function* nothing(): AsyncIterable<never> {}

const daemonRevision = (number: number, hash: string): JsonObject => ({
  revision: number,
  metadata: { labels: { 'controller-revision-hash': hash } },
});

describe('a rollout', () => {
  it.each([
    ['whose image has no name', waits('InvalidImageName'), 30],
    ['whose image is not there for a while', waits('ImagePullBackOff'), 100],
    ['that refers to what is not there for a while', waits('CreateContainerConfigError'), 100],
    ['whose program ends again and again', waits('CrashLoopBackOff', 4), 30],
  ])('%s ends before its deadline', async (_, container, secondsMax) => {
    const { diagnostics, seconds } = await wait({ pods: [makePod(container, isNew)] });
    expect(diagnostics).toMatchObject([{ code: 'T6211', detail: expect.stringContaining('a pod of this version does not start') }]);
    expect(seconds).toBeLessThan(secondsMax);
  });

  it.each([
    ['has failed a few times', [makePod(waits('CrashLoopBackOff', 2), isNew)]],
    ['is only being made', [makePod(waits('ContainerCreating'), isNew)]],
    ['is of the version before', [makePod(waits('InvalidImageName'), isOld)]],
    ['is leaving', [makePod(waits('InvalidImageName'), isNew, { deletionTimestamp: 'now' })]],
  ])('is waited for whose pod %s', async (_, pods) => {
    const { diagnostics, seconds, listed } = await wait({ pods });
    expect(diagnostics).toMatchObject([{ code: 'T6212' }]);
    expect(seconds).toBeGreaterThanOrEqual(300);
    expect(listed.filter((kind) => kind === 'Pod').length).toBeLessThanOrEqual(31);
  });

  it('that has a rule of its own is left to it', async () => {
    const annotations = { 'tutti.dev/failed-when': 'false' };
    const { diagnostics } = await wait({ pods: [makePod(waits('InvalidImageName'), isNew)], annotations });
    expect(diagnostics).toMatchObject([{ code: 'T6212' }]);
  });

  it.each([
    ['StatefulSet', { updateRevision: 'new' }],
    ['DaemonSet', { desiredNumberScheduled: 1, observedGeneration: 1 }],
  ])('of a %s is judged by its own version', async (kind, status) => {
    const labels = { 'controller-revision-hash': 'new' };
    const ended = await wait({ kind, status, pods: [makePod(waits('InvalidImageName'), labels)] });
    expect(ended.diagnostics).toMatchObject([{ code: 'T6211' }]);
    const before = { 'controller-revision-hash': 'old' };
    expect((await wait({ kind, status, pods: [makePod(waits('InvalidImageName'), before)] })).diagnostics).toMatchObject([
      { code: 'T6212' },
    ]);
  });
});
