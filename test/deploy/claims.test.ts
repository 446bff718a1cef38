import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  builtinPlatform,
  checkPlatform,
  diagnose,
  invariant,
  mergePlatforms,
  readPlatform,
  readScore,
  revealMarks,
  splitObjectKey,
  type Change,
  type DeploymentRequest,
  type Json,
  type JsonObject,
  type ObjectKey,
  type Outcome,
  type Target,
  type TargetReceipt,
} from '../../src/core/index.ts';
import { createKubernetesDriver } from '../../src/drivers/kubernetes/index.ts';
import { createEngine } from '../../src/engine/index.ts';
import { drivers, loadKnownParts, loadPatcher, secretSinks, targets } from '../../src/main/parts.ts';
import { openStore } from '../../src/store/index.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { ref, score, targetDocument } from './support.ts';

const actor = { name: 'ann' };

/** A cluster in memory, and an operator that answers claims at once. */
interface Cluster {
  readonly live: Map<string, JsonObject>;
  readonly log: string[];
  /** What the operator makes of a claim; it may leave something out, or make trouble. */
  /** Lets somebody change an object by hand. */
  drift(name: string): void;
  readonly drifted: Set<string>;
  readonly operator: { host: string; password: string; isBroken?: boolean; forgets?: 'password' };
}

function nameOf(key: ObjectKey): string {
  const { kind, name } = splitObjectKey(key);
  return `${kind} ${name.replaceAll(/-[0-9a-z]{10}$/g, '')}`;
}

const encode = (text: string): string => Buffer.from(text).toString('base64');

function answerClaims({ live, operator }: Cluster, name: string, body: JsonObject): void {
  const { host, password, forgets } = operator;
  const size = JSON.stringify(body['spec']);
  live.set(`Database ${name}`, { ...body, status: { host: `${host}.${size.length}`, secret: `${name}-login` } });
  live.set(`Secret ${name}-login`, { kind: 'Secret', data: forgets ? {} : { password: encode(password) } });
}

function makeTarget(cluster: Cluster): Target {
  const { live, log, drifted, operator } = cluster;
  const hashes = new Map<ObjectKey, string>();
  const done = (parts: Partial<TargetReceipt> = {}): Outcome<TargetReceipt> => ({
    value: { location: 'in memory', ...parts },
    diagnostics: [],
  });
  return {
    type: 'directory',
    formats: ['kubernetes'],
    isGathering: false,
    observesHealth: true,
    inputsSchema: { type: 'object' },
    plan: () => ({ value: undefined, diagnostics: [] }),
    observe: async ({ inventory }) => {
      const there = Object.values(inventory).filter(({ key }) => live.has(nameOf(key)));
      const objects = there.map(({ key, hash }) => ({
        key,
        isAsDeployed: hashes.get(key) === hash && !drifted.has(nameOf(key)),
        health: 'healthy' as const,
      }));
      return { value: { objects: Object.fromEntries(objects.map((each) => [each.key, each])), foreign: [] }, diagnostics: [] };
    },
    apply: async ({ reveal }, { desired, changed }) => {
      for (const { key, body, hash } of desired.filter((each) => changed.includes(each.key))) {
        const name = nameOf(key);
        const written = toMap(
          await revealMarks(body, (mark) => (mark.$tutti === 'unknown' ? Promise.reject(new Error(name)) : reveal(mark))),
        );
        hashes.set(key, hash);
        drifted.delete(name);
        live.set(name, written);
        if (name.startsWith('Database')) answerClaims(cluster, name.slice('Database '.length), written);
      }
      if (changed.length > 0) log.push(`apply ${changed.map(nameOf).join(', ')}`);
      return done();
    },
    awaitReady: async (_, objects) => {
      const claim = objects.find(({ key }) => nameOf(key).startsWith('Database'));
      if (!claim || operator.isBroken !== true) return { value: undefined, diagnostics: [] };
      return { diagnostics: [diagnose('T6211', { detail: `${nameOf(claim.key)} has no space.` })] };
    },
    read: async (_, { kind, name }) => {
      log.push(`read ${kind} ${name}`);
      return { value: live.get(`${kind} ${name}`), diagnostics: [] };
    },
    prune: async (_, keys) => {
      for (const key of keys) live.delete(nameOf(key));
      log.push(`prune ${keys.map(nameOf).join(', ')}`);
      return done();
    },
  };
}

function toMap(value: Json): JsonObject {
  invariant(typeof value === 'object' && value !== null && !Array.isArray(value), 'a body is a map');
  return Object.fromEntries(Object.entries(value));
}

const platformText = `${targetDocument}
---
apiVersion: tutti.dev/v1
kind: ResourceType
metadata: {name: database}
spec:
  stateful: false
  params: {type: object}
  outputs: {type: object, properties: {host: {type: string}, port: {type: integer}, password: {type: string, writeOnly: true}}, required: [host, password]}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: claimed-database}
spec:
  type: database
  match: [{}]
  driver: kubernetes
  inputs:
    object:
      apiVersion: tests.tutti.dev/v1
      kind: Database
      metadata: {name: main}
      spec: {size: "\${has(params.size) ? params.size : 'small'}"}
    outputs:
      host: {read: object.status.host}
      port: 5432
      password: {secret: {name: {read: object.status.secret}, key: password}}
`;

function makeApi(params: object = {}) {
  return score({
    name: 'api',
    variables: { HOST: '${resources.db.host}', URL: 'db://app:${resources.db.password}@${resources.db.host}:${resources.db.port}/' },
    resources: { db: { type: 'database', params } },
  });
}

async function open(platformParts = platformText) {
  const store = await openStore({ connectionString: await createTestDatabase(), key: randomBytes(32), holder: 'one' });
  onTestFinished(() => store.close());
  const configured = readPlatform([{ file: 'platform.yaml', text: platformParts }]);
  invariant(configured.value, JSON.stringify(configured.diagnostics));
  const platform = mergePlatforms(configured.value, builtinPlatform());
  const drifted = new Set<string>();
  const cluster: Cluster = {
    live: new Map(),
    log: [],
    drifted,
    drift: (name) => void drifted.add(name),
    operator: { host: 'main.db', password: 'first-password' },
  };
  const target = makeTarget(cluster);
  let at = Date.parse('2026-01-02T03:04:05.000Z');
  const waiting = { now: () => new Date(at).toISOString(), sleep: async (ms: number) => void (at += ms) };
  const engine = createEngine({
    store,
    drivers: { ...drivers, kubernetes: async () => createKubernetesDriver(waiting) },
    targets: { ...targets, directory: async () => target },
    secretStores: secretSinks,
    patcher: loadPatcher,
    loadPlatform: async () => platform,
    clock: { now: () => '2026-01-02T03:04:05.000Z' },
    random: { hex: (bytes) => randomBytes(bytes).toString('hex') },
    baseDir: '.',
    holder: 'one',
  });
  onTestFinished(() => engine.close());
  await store.projects.create({ name: ref.project }, actor);
  await store.releases.create({ files: [], digest: 'r' }, actor);
  await store.environments.create({ ...ref, type: 'staging' }, actor);
  const requestOf = (sources: readonly { file: string; text: string }[], parts: Partial<DeploymentRequest>): DeploymentRequest => ({
    kind: 'deploy',
    workloads: (readScore(sources).value ?? []).map((declared) => ({ declared })),
    remove: [],
    isWhole: false,
    deleteResources: [],
    rebind: [],
    reason: 'a test',
    ...parts,
  });
  const plan = async (...sources: readonly { file: string; text: string }[]) => engine.plan(ref, requestOf(sources, {}), { actor });
  const deploy = async (sources: readonly { file: string; text: string }[], parts: Partial<DeploymentRequest> = {}) => {
    cluster.log.length = 0;
    const accepted = await engine.deploy(ref, requestOf(sources, parts), { actor });
    await engine.waitFor(accepted.value?.id ?? '');
    const { value } = await store.deployments.find(ref, accepted.value?.number ?? 0);
    invariant(value, 'the deployment was recorded');
    return value;
  };
  const loadState = async () => (await store.environments.loadState(ref)).value;
  const written = () => cluster.log.filter((line) => !line.startsWith('read'));
  const show = async (number: number) => JSON.stringify(await store.deployments.snapshot(ref, number));
  return { plan, deploy, loadState, written, show, cluster };
}

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
