import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/index.ts';
import type { Answer } from './cluster.ts';
import { planRefused, removeForAnew } from './recreate.ts';
import { makeCluster, makeLive, makeRendered, makeRequest, makeWaiting } from './test-support.ts';

const refusal = { status: 422, reason: 'Invalid', message: 'spec.template: Invalid value: field is immutable', causes: [] };
const immutable: Exclude<Answer, { kind: 'ok' }> = { kind: 'refused', refusal };
const invalid = { kind: 'refused', refusal: { ...refusal, message: 'spec.completions: Invalid value: -1' } } as const;

const job = makeRendered({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate', namespace: 'shop' } });
const waiting = makeWaiting();

/** A cluster that holds an object, and would take a new one or not; what is done to it is listed. */
function hold(live: JsonObject, trial: Answer = { kind: 'ok', live: {} }) {
  const done: string[] = [];
  let isThere = true;
  const cluster = makeCluster({
    get: async () => (isThere ? { kind: 'ok', live } : { kind: 'absent' }),
    apply: async (body, { isDry }) => {
      done.push(`${isDry ? 'try' : 'apply'} ${JSON.stringify(body['metadata']).includes('"name":"tutti-') ? 'another name' : 'itself'}`);
      return trial;
    },
    remove: async (_, uid) => {
      done.push(`remove ${uid}`);
      isThere = false;
      return { kind: 'ok', live };
    },
  });
  return { cluster, done };
}

describe('an object that cannot be changed', () => {
  it('is planned to be made anew after the API server would take it under another name', async () => {
    const { cluster, done } = hold(makeLive(job));
    expect(await planRefused(cluster, makeRequest(), job, immutable)).toMatchObject([{ code: 'T6216', severity: 'warning' }]);
    expect(done).toEqual(['try another name']);
  });

  it('is not touched because of a mistake', async () => {
    const { cluster, done } = hold(makeLive(job));
    expect(await planRefused(cluster, makeRequest(), job, invalid)).toMatchObject([{ code: 'T6203' }]);
    expect(await removeForAnew(cluster, makeRequest(), job, { answer: invalid, waiting })).toBeUndefined();
    expect(done).toEqual([]);
  });

  it('is not touched where it is not ours', async () => {
    const { cluster, done } = hold({ ...makeLive(job), metadata: { name: 'migrate', uid: 'uid-1' } });
    expect(await planRefused(cluster, makeRequest(), job, immutable)).toMatchObject([{ code: 'T6202' }]);
    expect(await removeForAnew(cluster, makeRequest(), job, { answer: immutable, waiting })).toBeUndefined();
    expect(done).toEqual([]);
  });

  it('is removed by its uid when it is applied, after another try', async () => {
    const { cluster, done } = hold(makeLive(job));
    expect(await removeForAnew(cluster, makeRequest(), job, { answer: immutable, waiting })).toEqual({ kind: 'gone' });
    expect(done).toEqual(['try another name', 'remove uid-1']);
  });

  it('stays where the new one would not be taken', async () => {
    const { cluster, done } = hold(makeLive(job), invalid);
    const made = await removeForAnew(cluster, makeRequest(), job, { answer: immutable, waiting });
    expect(made).toMatchObject({ kind: 'problem', problem: { code: 'T6203' } });
    expect(done).toEqual(['try another name']);
  });

  it('stays where no plan was asked about it: somebody else made it what it is', async () => {
    const { cluster, done } = hold(makeLive(job));
    const inventory = { [job.key]: { ...job } };
    expect(await removeForAnew(cluster, makeRequest({ inventory }), job, { answer: immutable, waiting })).toBeUndefined();
    expect(done).toEqual([]);
  });

  it.each([
    ['v1', 'PersistentVolumeClaim'],
    ['v1', 'PersistentVolume'],
    ['v1', 'Namespace'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['example.com/v1', 'Job'],
    ['v1', 'constructor'],
  ])('is never removed where things would go with it: %s %s', async (apiVersion, kind) => {
    const object = makeRendered({ apiVersion, kind, metadata: { name: 'a', annotations: { 'tutti.dev/recreate': 'allowed' } } });
    const { cluster, done } = hold(makeLive(object, { immutable: true }));
    expect(await planRefused(cluster, makeRequest(), object, immutable)).toMatchObject([{ code: 'T6202' }]);
    expect(await removeForAnew(cluster, makeRequest(), object, { answer: immutable, waiting })).toBeUndefined();
    expect(done).toEqual([]);
  });

  it('of a kind that asks for permission is tried without the addresses that it holds', async () => {
    const spec = { clusterIP: '10.0.0.1', ports: [{ port: 80, nodePort: 30_001 }] };
    const metadata = { name: 'web', annotations: { 'tutti.dev/recreate': 'allowed' } };
    const service = makeRendered({ apiVersion: 'v1', kind: 'Service', metadata, spec });
    const sent: JsonObject[] = [];
    const cluster = makeCluster({
      get: async () => ({ kind: 'ok', live: makeLive(service) }),
      apply: async (body) => {
        sent.push(body);
        return { kind: 'ok', live: body };
      },
    });
    expect(await planRefused(cluster, makeRequest(), service, immutable)).toMatchObject([{ code: 'T6216' }]);
    expect(sent).toMatchObject([{ spec: { ports: [{ port: 80 }] } }]);
    expect(JSON.stringify(sent)).not.toMatch(/10\.0\.0\.1|30001/);
  });
});
