import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtinPlatform, checkPlatform, invariant, mergePlatforms, readPlatform, type Change } from '../../src/core/index.ts';
import { loadKnownParts } from '../../src/main/parts.ts';
import { encode, makeApi, nameOf, openWithClaims as open, platformText } from './claims-support.ts';
import { score } from './support.ts';

function sayChanges(changes: readonly Change[] | undefined): readonly string[] {
  return (changes ?? []).map(({ subject, action }) => {
    const name = subject.kind === 'object' ? nameOf(subject.key) : subject.kind === 'workload' ? subject.name : subject.uid;
    return `${name}: ${action}`;
  });
}

describe('a resource that is claimed from the cluster', () => {
  it('is made and waited for before what needs it, which gets its outputs', async () => {
    const { plan, deploy, written, cluster, loadState, show } = await open();
    const planned = await plan(makeApi());
    const shown = JSON.stringify(planned.value?.record.plan);
    expect(shown).toContain('known after provisioning');
    const deployment = await deploy([makeApi()]);
    expect(deployment).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(written()).toEqual([
      expect.stringMatching(/^apply Namespace/),
      'apply Database main',
      expect.stringMatching(/^apply .*Secret api-env.*Deployment api/),
    ]);
    expect(JSON.stringify(cluster.live.get('Deployment api'))).toContain('"value":"main.db.16"');
    const url = encode('db://app:first-password@main.db.16:5432/');
    expect(JSON.stringify(cluster.live.get('Secret api-env'))).toContain(url);
    const kept = JSON.stringify([await loadState(), deployment, await show(1), planned]);
    expect(kept).toContain('main.db.16');
    expect(kept).not.toContain('first-password');
    expect(kept).not.toContain(url);
  });

  it('is not written again, and neither is what needs it', async () => {
    const { plan, deploy, written } = await open();
    await deploy([makeApi()]);
    expect(sayChanges((await plan(makeApi())).value?.record.plan.changes).every((each) => each.endsWith('unchanged'))).toBe(true);
    expect((await deploy([makeApi()])).status).toBe('succeeded');
    expect(written()).toEqual([]);
  });

  it('leaves what needs it alone where it changes and its outputs do not', async () => {
    const { plan, deploy, written, cluster } = await open();
    await deploy([makeApi({ size: 'small' })]);
    const planned = sayChanges((await plan(makeApi({ size: 'large' }))).value?.record.plan.changes);
    expect(planned).toContain('Database main: update');
    expect(planned).toContain('Deployment api: unknown');
    expect((await deploy([makeApi({ size: 'large' })])).status).toBe('succeeded');
    expect(written()).toEqual(['apply Database main']);
    expect(JSON.stringify(cluster.live.get('Database main'))).toContain('large');
  });

  it('passes on what becomes of it where its outputs change with it', async () => {
    const { deploy, written, cluster } = await open();
    await deploy([makeApi({ size: 'small' })]);
    cluster.operator.password = 'second-password';
    expect(await deploy([makeApi({ size: 'enormous' })])).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(written()).toEqual(['apply Database main', expect.stringMatching(/^apply .*Deployment api/)]);
    expect(JSON.stringify(cluster.live.get('Secret api-env'))).toContain(encode('db://app:second-password@main.db.19:5432/'));
  });

  it('is looked at for every plan: a password that was changed reaches what needs it', async () => {
    const { plan, deploy, cluster, written } = await open();
    await deploy([makeApi()]);
    cluster.live.set('Secret main-login', { kind: 'Secret', data: { password: encode('rotated-password') } });
    const planned = await plan(makeApi());
    expect(sayChanges(planned.value?.record.plan.changes)).toContain('Deployment api: update');
    expect((await deploy([makeApi()])).status).toBe('succeeded');
    expect(written()).toEqual([expect.stringMatching(/^apply .*Secret api-env/)]);
    cluster.live.set('Database main', { status: {} });
    expect(sayChanges((await plan(makeApi())).value?.record.plan.changes)).toContain('Deployment api: unchanged');
  });

  it('is made anew where somebody removed it, with whatever it then offers', async () => {
    const { deploy, cluster } = await open();
    await deploy([makeApi()]);
    cluster.live.delete('Database main');
    cluster.operator.password = 'another-password';
    expect(await deploy([makeApi()])).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(JSON.stringify(cluster.live.get('Secret api-env'))).toContain(encode('db://app:another-password@main.db.16:5432/'));
  });

  it('stops what needs it where it turns out otherwise than the plan says; the next plan goes by that', async () => {
    const { deploy, cluster, written } = await open();
    await deploy([makeApi()]);
    cluster.operator.password = 'unforeseen-password';
    cluster.drift('Database main');
    const stopped = await deploy([makeApi()]);
    expect(stopped.status).toBe('failed');
    expect(new Set(stopped.diagnostics.map(({ code }) => code))).toEqual(new Set(['T5305']));
    expect(written()).toEqual(['apply Database main']);
    expect(await deploy([makeApi()])).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(JSON.stringify(cluster.live.get('Secret api-env'))).toContain(encode('db://app:unforeseen-password@main.db.16:5432/'));
  });

  it('stops what needs it where it fails, and is taken up again by the next deployment', async () => {
    const { deploy, cluster, written, loadState } = await open();
    cluster.operator.isBroken = true;
    const failed = await deploy([makeApi()]);
    expect(failed.status).toBe('failed');
    expect(failed.diagnostics.map(({ code }) => code)).toEqual(['T6211', 'T5104']);
    expect(Object.values((await loadState())?.resources ?? {}).map(({ status }) => status)).toEqual(['failed']);
    cluster.operator.isBroken = false;
    expect(await deploy([makeApi()])).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(written()).toEqual([expect.stringMatching(/^apply .*Deployment api/)]);
  });

  it('is reported where an output of it never comes', async () => {
    const { deploy, cluster, loadState } = await open();
    cluster.operator.forgets = 'password';
    const failed = await deploy([makeApi()]);
    expect(failed.diagnostics.map(({ code }) => code)).toEqual(['T5303', 'T5104']);
    expect(failed.diagnostics[0]?.detail).toContain('Secret main-login has no key "password"');
    expect(Object.values((await loadState())?.resources ?? {}).map(({ status }) => status)).toEqual(['failed']);
  });

  it.each(['before Database', 'after Database', 'before Deployment', 'after Deployment'] as const)(
    'is gone on with where the process that deploys is gone %s, and nothing of it shows in the end',
    async (hangs) => {
      const { deployTwice, deploy, cluster, written } = await open();
      const deployment = await deployTwice(hangs, makeApi());
      expect(deployment).toMatchObject({ number: 1, status: 'succeeded', diagnostics: [] });
      expect(written().some((line) => line.includes('Database'))).toBe(hangs === 'before Database');
      expect(JSON.stringify(cluster.live.get('Secret api-env'))).toContain(encode('db://app:first-password@main.db.16:5432/'));
      expect((await deploy([makeApi()])).status).toBe('succeeded');
      expect(written()).toEqual([]);
    },
  );

  it('is held against the contract of its type, as every resource is', async () => {
    const { deploy } = await open(platformText.replace('host: {read: object.status.host}', 'host: {read: object.status}'));
    const failed = await deploy([makeApi()]);
    expect(failed.diagnostics.map(({ code }) => code)).toEqual(['T4111', 'T5104']);
  });

  it('goes with what needed it', async () => {
    const { deploy, written, loadState } = await open();
    await deploy([makeApi()]);
    await deploy([], { remove: ['api'] });
    expect(written()).toEqual([expect.stringMatching(/^prune .*Database main/)]);
    expect((await loadState())?.resources).toEqual({});
  });
});

describe('a claim that cannot be met here', () => {
  it('looks into no other namespace without leave', async () => {
    const other = platformText.replace('{name: {read: object.status.secret}, key', '{name: shared, namespace: elsewhere, key');
    const { deploy } = await open(other);
    expect((await deploy([makeApi()])).diagnostics.map(({ code }) => code)).toEqual(['T5306', 'T5104']);
    const { deploy: mayLook } = await open(
      other.replace('driver: kubernetes', 'driver: kubernetes\n  allowScope: {namespaces: [elsewhere]}'),
    );
    expect((await mayLook([makeApi()])).diagnostics.map(({ detail }) => detail)[0]).toContain('there is no Secret elsewhere/shared');
  });

  it('is a plan error on a target that cannot be looked at, and says which outputs it is about', async () => {
    const files = platformText
      .replace('type: directory', 'type: git')
      .replace('path: "out/${context.environment}"', 'repository: /nowhere, path: shop');
    const { plan } = await open(files);
    const { diagnostics } = await plan(makeApi());
    expect(diagnostics.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      'T5304 database.default#api.db, met by claimed-database: "host", "password" cannot be read on the target "folder" of the type git.',
    ]);
  });
});

describe('the examples of the documentation', () => {
  it('are taken, and meet the contract of their type', async () => {
    const text = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'claims.md'), 'utf8');
    const blocks = [...text.matchAll(/```yaml\n(apiVersion: tutti[^]*?)```/g)].map(([, block = '']) => block);
    const { value, diagnostics } = readPlatform([{ file: 'claims.yaml', text: blocks.join('---\n') }]);
    expect(diagnostics).toEqual([]);
    invariant(value, 'the documents are sound');
    expect(value.definitions).toHaveLength(2);
    const merged = mergePlatforms(value, builtinPlatform());
    expect(checkPlatform(merged, await loadKnownParts(merged))).toEqual([]);
    const { required } = Object(merged.resourceTypes.find(({ name }) => name === 'postgres')?.outputs);
    expect(required).toContain('password');
    for (const { inputs } of value.definitions) expect(Object.keys(Object(inputs['outputs']))).toEqual(expect.arrayContaining(required));
  });
});

describe('a claim that is described wrongly', () => {
  it('is refused when the platform is loaded, at its place', async () => {
    const { value } = readPlatform([{ file: 'platform.yaml', text: platformText.replace('object.status.host', 'status.host') }]);
    invariant(value, 'the documents are sound');
    expect(checkPlatform(value, await loadKnownParts(value))).toMatchObject([
      { code: 'T5302', place: { file: 'platform.yaml', path: ['spec', 'inputs', 'outputs', 'host', 'read'] } },
    ]);
  });
});

describe('several claims', () => {
  it('may need each other, and each is known when the next is made', async () => {
    const second = `${platformText}---
apiVersion: tutti.dev/v1
kind: ResourceType
metadata: {name: grant}
spec: {stateful: false, params: {type: object}, outputs: {type: object, properties: {host: {type: string}}}}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: claimed-grant}
spec:
  type: grant
  match: [{}]
  driver: kubernetes
  inputs:
    object: {apiVersion: tests.tutti.dev/v1, kind: Database, metadata: {name: grant}, spec: {on: "\${resources['database'].outputs.host}"}}
    outputs: {host: {read: object.status.host}, on: {read: object.spec.on}}
`;
    const { deploy, cluster, written } = await open(second);
    const api = score({
      name: 'api',
      variables: { HOST: '${resources.db.host}', ON: '${resources.grant.on}' },
      resources: { db: { type: 'database', id: 'shared' }, grant: { type: 'grant', id: 'shared' } },
    });
    expect(await deploy([api])).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(written().slice(1)).toEqual(['apply Database main', 'apply Database grant', expect.stringMatching(/^apply .*Deployment api/)]);
    expect(JSON.stringify(cluster.live.get('Deployment api'))).toContain('{"name":"ON","value":"main.db.16"}');
    expect((await deploy([api])).status).toBe('succeeded');
    expect(written()).toEqual([]);
  });
});
