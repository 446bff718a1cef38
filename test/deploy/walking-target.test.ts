import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  builtinPlatform,
  diagnose,
  invariant,
  mergePlatforms,
  readPlatform,
  readScore,
  splitObjectKey,
  type DeploymentRequest,
  type ObjectKey,
  type Outcome,
  type Target,
  type TargetReceipt,
} from '../../src/core/index.ts';
import { createEngine } from '../../src/engine/index.ts';
import { drivers, loadPatcher, secretSinks } from '../../src/main/parts.ts';
import { openStore } from '../../src/store/index.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { ref, score, targetDocument } from './support.ts';

const actor = { name: 'ann' };

interface Trouble {
  /** Names of objects that are refused. */
  readonly refused?: readonly string[];
  /** Names of objects that never become ready. */
  readonly unready?: readonly string[];
  /** Names of objects that cannot be removed. */
  readonly surviving?: readonly string[];
}

function nameOf(key: ObjectKey): string {
  const { kind, name } = splitObjectKey(key);
  return `${kind} ${name.replaceAll(/-[0-9a-z]{10}$/g, '')}`;
}

/** A target that is written node by node, and remembers what was asked of it. */
function makeWalkingTarget(log: string[], trouble: Trouble): Target {
  const live = new Map<ObjectKey, string>();
  const done = (parts: Partial<TargetReceipt> = {}): Outcome<TargetReceipt> => ({
    value: { location: 'in memory', ...parts },
    diagnostics: [],
  });
  const isIn = (names: readonly string[] | undefined, key: ObjectKey): boolean => names?.includes(nameOf(key)) ?? false;
  return {
    type: 'directory',
    formats: ['kubernetes'],
    isGathering: false,
    observesHealth: true,
    inputsSchema: { type: 'object' },
    plan: () => ({ value: undefined, diagnostics: [] }),
    observe: async ({ inventory }) => {
      const objects = Object.values(inventory).flatMap(({ key, hash }) =>
        live.get(key) === undefined ? [] : [{ key, isAsDeployed: live.get(key) === hash, health: 'healthy' as const }],
      );
      return { value: { objects: Object.fromEntries(objects.map((each) => [each.key, each])), foreign: [] }, diagnostics: [] };
    },
    apply: async (_, { desired, changed }) => {
      const bad = changed.find((key) => isIn(trouble.refused, key));
      if (bad) return { diagnostics: [diagnose('T6005', { detail: `${nameOf(bad)} is refused.` })] };
      for (const { key, hash } of desired) if (changed.includes(key)) live.set(key, hash);
      if (changed.length > 0) log.push(`apply ${changed.map(nameOf).join(', ')}`);
      return done({ memory: Object.fromEntries(changed.map((key) => [key, { uid: `uid of ${nameOf(key)}` }])) });
    },
    awaitReady: async (_, objects) => {
      const keys = objects.map(({ key }) => key);
      const bad = keys.find((key) => isIn(trouble.unready, key));
      log.push(`ready ${keys.map(nameOf).join(', ')}`);
      return bad ? { diagnostics: [diagnose('T6005', { detail: `${nameOf(bad)} is not ready.` })] } : { value: undefined, diagnostics: [] };
    },
    prune: async (_, keys) => {
      const survivors = keys.filter((key) => isIn(trouble.surviving, key));
      for (const key of keys) if (!survivors.includes(key)) live.delete(key);
      log.push(`prune ${keys.map(nameOf).join(', ')}`);
      return done({ survivors });
    },
  };
}

const api = score({ name: 'api', variables: { HOST: '${resources.db.host}' }, resources: { db: { type: 'postgres' } } });
const web = score({ name: 'web' });

async function open(trouble: Trouble = {}) {
  const store = await openStore({ connectionString: await createTestDatabase(), key: randomBytes(32), holder: 'one' });
  onTestFinished(() => store.close());
  const configured = readPlatform([{ file: 'platform.yaml', text: targetDocument }]).value;
  invariant(configured, 'the target document is sound');
  const platform = mergePlatforms(configured, builtinPlatform());
  const log: string[] = [];
  const target = makeWalkingTarget(log, trouble);
  const engine = createEngine({
    store,
    drivers,
    targets: { directory: async () => target },
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
  const deploy = async (sources: readonly { file: string; text: string }[], parts: Partial<DeploymentRequest> = {}) => {
    const workloads = readScore(sources).value ?? [];
    const request: DeploymentRequest = {
      kind: 'deploy',
      workloads: workloads.map((declared) => ({ declared })),
      remove: [],
      isWhole: false,
      deleteResources: [],
      rebind: [],
      reason: 'a test',
      ...parts,
    };
    log.length = 0;
    const accepted = await engine.deploy(ref, request, { actor });
    await engine.waitFor(accepted.value?.id ?? '');
    const { value } = await store.deployments.find(ref, accepted.value?.number ?? 0);
    invariant(value, 'the deployment was recorded');
    return value;
  };
  const loadState = async () => (await store.environments.loadState(ref)).value;
  return { deploy, log, loadState };
}

describe('a target that is written node by node', () => {
  it('gets what is needed before what needs it, and each is waited for', async () => {
    const { deploy, log, loadState } = await open();
    expect((await deploy([api])).status).toBe('succeeded');
    expect(log).toEqual([
      expect.stringMatching(/^apply Namespace shop-staging/),
      expect.stringMatching(/^ready Namespace/),
      expect.stringMatching(/^apply .*StatefulSet pg-api-db/),
      expect.stringMatching(/^ready .*StatefulSet pg-api-db/),
      expect.stringMatching(/^apply .*Deployment api/),
      expect.stringMatching(/^ready .*Deployment api/),
    ]);
    const objects = Object.values((await loadState())?.objects ?? {});
    expect(objects.every(({ memory }) => memory?.['uid'] !== undefined)).toBe(true);
  });

  it('is not touched where nothing changes', async () => {
    const { deploy, log } = await open();
    await deploy([api]);
    expect((await deploy([api])).status).toBe('succeeded');
    expect(log).toEqual([]);
  });

  it('keeps what depends on a failure untouched, and says so; the others go on', async () => {
    const { deploy, log, loadState } = await open({ unready: ['StatefulSet pg-api-db'] });
    const deployment = await deploy([api, web]);
    expect(deployment.status).toBe('failed');
    expect(deployment.diagnostics.map(({ code }) => code).toSorted()).toEqual(['T5104', 'T6005']);
    expect(log.some((line) => line.startsWith('apply') && line.includes('Deployment web'))).toBe(true);
    expect(log.some((line) => line.includes('Deployment api'))).toBe(false);
    expect(log.some((line) => line.startsWith('prune'))).toBe(false);
    const state = await loadState();
    expect(Object.keys(state?.workloads ?? {})).toEqual(['web']);
    expect(Object.keys(state?.objects ?? {}).some((key) => key.includes('pg-api-db'))).toBe(true);
  });

  it('goes on where a deployment failed', async () => {
    const trouble: { unready?: readonly string[] } = { unready: ['StatefulSet pg-api-db'] };
    const { deploy, log, loadState } = await open(trouble);
    await deploy([api]);
    trouble.unready = [];
    expect((await deploy([api])).status).toBe('succeeded');
    expect(log.some((line) => line.startsWith('apply') && line.includes('Deployment api'))).toBe(true);
    expect(Object.keys((await loadState())?.workloads ?? {})).toEqual(['api']);
  });

  it('does nothing at all when the first object is refused', async () => {
    const { deploy, log } = await open({ refused: ['Namespace shop-staging'] });
    expect((await deploy([api])).status).toBe('failed');
    expect(log).toEqual([]);
  });

  it('removes last, and keeps in mind what would not go', async () => {
    const { deploy, log, loadState } = await open({ surviving: ['Service web'] });
    await deploy([api, web]);
    const removal = await deploy([], { remove: ['web'] });
    expect(log).toEqual([expect.stringMatching(/^prune .*Service web/)]);
    expect(removal.status).toBe('succeeded');
    const keys = Object.keys((await loadState())?.objects ?? {}).filter((key) => key.endsWith('/web'));
    expect(keys).toEqual([expect.stringContaining('/Service:')]);
  });
});
