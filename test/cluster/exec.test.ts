import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { openCluster } from '../../src/targets/kubernetes/index.ts';
import { ask, makeNamespace } from './live.ts';
import { makeFolder } from './support.ts';

/** A token of an account that may do nothing: the API server knows it, and says so. */
async function makeToken(namespace: string): Promise<string> {
  await makeNamespace(namespace);
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await ask('POST', path, { metadata: { name: 'robot' } });
  return (await ask('POST', `${path}/robot/token`, { spec: { expirationSeconds: 3600 } })).status.token;
}

it('a program that gives credentials is asked for new ones when the API server refuses those it gave', async () => {
  const folder = await makeFolder();
  const namespace = `exec-${process.pid}`;
  const [program, kubeconfig, runs] = [join(folder, 'get-token'), join(folder, 'kubeconfig'), join(folder, 'runs')];
  const credential = (token: string) =>
    JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } });
  await writeFile(join(folder, 'first'), credential('expired'));
  await writeFile(join(folder, 'second'), credential(await makeToken(namespace)));
  const script = ['#!/bin/sh', `cd '${folder}'`, 'if [ -e runs ]; then cat second; else cat first; fi', 'echo run >> runs', ''];
  await writeFile(program, script.join('\n'));
  await chmod(program, 0o700);
  const config: { users: unknown } = JSON.parse(await readFile(inject('kubeconfig'), 'utf8'));
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: program, interactiveMode: 'Never' };
  await writeFile(kubeconfig, JSON.stringify({ ...config, users: [{ name: 'admin', user: { exec } }] }));

  const now = (): string => new Date().toISOString();
  const policy = { programs: [program], variables: { PATH: '/usr/bin:/bin' }, settable: [], timeoutMs: 10_000, now };
  const host = { env: {}, home: folder, readText: (path: string) => readFile(path, 'utf8'), sleep: async () => undefined };
  const opened = await openCluster({ kubeconfig }, { ...host, exec: policy });
  const { signal } = new AbortController();
  const address = { apiVersion: 'v1', kind: 'Secret', namespace, name: 'any' };
  const known = { kind: 'refused', refusal: { status: 403, message: expect.stringContaining(`system:serviceaccount:${namespace}:robot`) } };
  expect(await opened.value?.get(address, signal)).toMatchObject(known);
  expect(await opened.value?.get(address, signal)).toMatchObject(known);
  expect(await readFile(runs, 'utf8')).toBe('run\nrun\n');
  expect((await openCluster({ kubeconfig }, host)).diagnostics).toMatchObject([{ code: 'T6214' }]);
});
