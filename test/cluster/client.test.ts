import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { openCluster } from '../../src/targets/kubernetes/index.ts';
import { makeNamespace } from './live.ts';
import { call } from './tools/call.ts';

type Cluster = NonNullable<Awaited<ReturnType<typeof openCluster>>['value']>;

const namespace = 'client-test';
const signal = new AbortController().signal;
const written = { isDry: false, isForced: false } as const;

async function open(): Promise<Cluster> {
  await makeNamespace(namespace);
  const host = {
    env: {},
    home: '/nowhere',
    readText: (path: string) => readFile(path, 'utf8').catch(() => undefined),
    sleep: (ms: number) => wait(ms),
  };
  const { value } = await openCluster({ kubeconfig: inject('kubeconfig') }, host);
  if (!value) throw new Error('the cluster does not open');
  return value;
}

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

const addressOf = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });

describe('the client of a cluster', () => {
  it('writes nothing where nothing is to be written', async () => {
    const cluster = await open();
    const first = await cluster.apply(configMap('same', { a: '1' }), written, signal);
    expect(await cluster.apply(configMap('same', { a: '1' }), written, signal)).toEqual(first);
  });

  it('removes only the object that is meant', async () => {
    const cluster = await open();
    await cluster.apply(configMap('mine', { a: '1' }), written, signal);
    const other = '00000000-0000-0000-0000-000000000000';
    expect(await cluster.remove(addressOf('mine'), other, signal)).toEqual({ kind: 'absent' });
    const found = await cluster.get(addressOf('mine'), signal);
    expect(found).toMatchObject({ kind: 'ok', live: { data: { a: '1' } } });
    const uid = found.kind === 'ok' ? String(Object(found.live['metadata']).uid) : '';
    expect(await cluster.remove(addressOf('mine'), uid, signal)).toMatchObject({ kind: 'ok' });
    expect(await cluster.get(addressOf('mine'), signal)).toEqual({ kind: 'absent' });
  });

  it('understands the next answer after one with which it was refused', async () => {
    const cluster = await open();
    for (const name of ['x_y', 'x', 'x_y', 'y']) await cluster.remove(addressOf(name), 'none', signal);
    expect(await cluster.apply(configMap('next', { a: '1' }), written, signal)).toMatchObject({ kind: 'ok' });
  });

  it('says what the server says is wrong', async () => {
    const cluster = await open();
    const refused = async (body: Parameters<Cluster['apply']>[0]) => {
      const answer = await cluster.apply(body, written, signal);
      return answer.kind === 'refused' ? answer.refusal : undefined;
    };
    expect(await refused({ ...configMap('wrong', {}), dta: {} })).toMatchObject({ status: 500, message: expect.stringContaining('.dta') });
    expect(await refused({ ...configMap('wrong', {}), kind: 'Nothing' })).toMatchObject({ status: 404 });
    const nowhere = { ...configMap('wrong', {}), metadata: { name: 'wrong', namespace: 'is-not-there' } };
    expect(await refused(nowhere)).toMatchObject({ status: 404, message: expect.stringContaining('is-not-there') });
  });

  it('names whoever manages a field', async () => {
    const cluster = await open();
    await cluster.apply(configMap('shared', { a: '1' }), written, signal);
    const path = `/api/v1/namespaces/${namespace}/configmaps/shared?fieldManager=somebody`;
    await call(inject('apiServer'), 'PATCH', path, { body: { data: { a: '2' } }, type: 'application/merge-patch+json' });
    const answer = await cluster.apply(configMap('shared', { a: '3' }), written, signal);
    expect(answer).toMatchObject({
      kind: 'refused',
      refusal: { status: 409, causes: [{ field: '.data.a', message: expect.stringContaining('somebody') }] },
    });
  });
});
