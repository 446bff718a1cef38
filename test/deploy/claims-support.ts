import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import {
  builtinPlatform,
  diagnose,
  invariant,
  mergePlatforms,
  readPlatform,
  readScore,
  revealMarks,
  splitObjectKey,
  type DeploymentRequest,
  type Json,
  type JsonObject,
  type ObjectKey,
  type Outcome,
  type Target,
  type TargetReceipt,
} from '../../src/core/index.ts';
import { createKubernetesDriver } from '../../src/drivers/kubernetes/index.ts';
import { createEngine, type EngineDependencies } from '../../src/engine/index.ts';
import { drivers, loadPatcher, secretSinks, targets } from '../../src/main/parts.ts';
import { openStore } from '../../src/store/index.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { ref, score, targetDocument } from './support.ts';

const actor = { name: 'ann' };

/** A cluster in memory, and an operator that answers claims at once. */
interface Cluster {
  readonly live: Map<string, JsonObject>;
  readonly log: string[];
  /** Lets somebody change an object by hand. */
  drift(name: string): void;
  readonly drifted: Set<string>;
  /** What the operator makes of a claim; it may leave something out, or make trouble. */
  readonly operator: Operator;
}

interface Operator {
  host: string;
  password: string;
  isBroken?: boolean;
  forgets?: 'password';
  /** The process that deploys hangs for ever: before it writes the objects of a node with that kind among them, or while it waits for them. */
  hangs?: `${'before' | 'after'} ${string}`;
}

async function hangAt(place: string, { log, operator }: Cluster, signal: AbortSignal): Promise<void> {
  if (operator.hangs !== place) return;
  log.push(`hangs ${place}`);
  await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

export function nameOf(key: ObjectKey): string {
  const { kind, name } = splitObjectKey(key);
  return `${kind} ${name.replaceAll(/-[0-9a-z]{10}$/g, '')}`;
}

export const encode = (text: string): string => Buffer.from(text).toString('base64');

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
    apply: async ({ reveal, signal }, { desired, changed }) => {
      for (const key of changed) await hangAt(`before ${splitObjectKey(key).kind}`, cluster, signal);
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
    awaitReady: async ({ signal }, objects) => {
      for (const { key } of objects) await hangAt(`after ${splitObjectKey(key).kind}`, cluster, signal);
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

export const platformText = `${targetDocument}
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

export function makeApi(params: object = {}) {
  return score({
    name: 'api',
    variables: { HOST: '${resources.db.host}', URL: 'db://app:${resources.db.password}@${resources.db.host}:${resources.db.port}/' },
    resources: { db: { type: 'database', params } },
  });
}

function makeCluster(): Cluster {
  const drifted = new Set<string>();
  const operator = { host: 'main.db', password: 'first-password' };
  return { live: new Map(), log: [], drifted, drift: (name) => void drifted.add(name), operator };
}

type Sources = readonly { readonly file: string; readonly text: string }[];

function requestOf(sources: Sources, parts: Partial<DeploymentRequest>): DeploymentRequest {
  return {
    kind: 'deploy',
    workloads: (readScore(sources).value ?? []).map((declared) => ({ declared })),
    remove: [],
    isWhole: false,
    deleteResources: [],
    rebind: [],
    reason: 'a test',
    ...parts,
  };
}

export async function openWithClaims(platformParts = platformText) {
  const connectionString = await createTestDatabase();
  const store = await openStore({ connectionString, key: randomBytes(32), holder: 'one' });
  onTestFinished(() => store.close());
  const configured = readPlatform([{ file: 'platform.yaml', text: platformParts }]);
  invariant(configured.value, JSON.stringify(configured.diagnostics));
  const platform = mergePlatforms(configured.value, builtinPlatform());
  const cluster = makeCluster();
  const target = makeTarget(cluster);
  let at = Date.parse('2026-01-02T03:04:05.000Z');
  const waiting = { now: () => new Date(at).toISOString(), sleep: async (ms: number) => void (at += ms) };
  const dependencies = {
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
  } satisfies EngineDependencies;
  const engine = createEngine(dependencies);
  onTestFinished(() => engine.close());
  await store.projects.create({ name: ref.project }, actor);
  await store.releases.create({ files: [], digest: 'r' }, actor);
  await store.environments.create({ ...ref, type: 'staging' }, actor);
  const plan = async (...sources: Sources) => engine.plan(ref, requestOf(sources, {}), { actor });
  const deploy = async (sources: Sources, parts: Partial<DeploymentRequest> = {}) => {
    cluster.log.length = 0;
    const accepted = await engine.deploy(ref, requestOf(sources, parts), { actor });
    await engine.waitFor(accepted.value?.id ?? '');
    const { value } = await store.deployments.find(ref, accepted.value?.number ?? 0);
    invariant(value, 'the deployment was recorded');
    return value;
  };
  /** Begins a deployment whose process hangs there, as if it were gone; another one takes over what it left. */
  const deployTwice = async (hangs: Operator['hangs'], ...sources: Sources) => {
    Object.assign(cluster.operator, { hangs });
    await engine.deploy(ref, requestOf(sources, {}), { actor });
    await expect.poll(() => cluster.log, { timeout: 10_000 }).toContain(`hangs ${hangs}`);
    Object.assign(cluster.operator, { hangs: undefined });
    cluster.log.length = 0;
    await expireLeases(connectionString);
    const heir = createEngine({ ...dependencies, holder: 'two' });
    onTestFinished(() => heir.close());
    const resumed = await heir.resume(ref, { actor });
    await heir.waitFor(resumed.value?.id ?? '');
    return (await store.deployments.find(ref, resumed.value?.number ?? 0)).value;
  };
  const loadState = async () => (await store.environments.loadState(ref)).value;
  const written = () => cluster.log.filter((line) => !line.startsWith('read'));
  const show = async (number: number) => JSON.stringify(await store.deployments.snapshot(ref, number));
  return { plan, deploy, deployTwice, loadState, written, show, cluster };
}

async function expireLeases(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("update deployments set lease_until = now() - interval '1 minute'");
  await client.end();
}
