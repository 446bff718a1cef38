import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
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
import { createEngine } from '../../src/engine/index.ts';
import { drivers, loadPatcher, secretSinks, targets } from '../../src/main/parts.ts';
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

export async function openWithClaims(platformParts = platformText) {
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
