import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  builtinPlatform,
  diagnose,
  fail,
  mergePlatforms,
  readPlatform,
  readScore,
  type Driver,
  type Platform,
  type Store,
} from '../../src/core/index.ts';
import { createEngine, type Engine } from '../../src/engine/index.ts';
import { drivers, loadPatcher, secretSinks, targets } from '../../src/main/parts.ts';
import { openStore } from '../../src/store/index.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { ref, score } from './support.ts';

const actor = { name: 'ada' };

const platformText = `
apiVersion: tutti.dev/v1
kind: Target
metadata: {name: folder}
spec: {type: directory, match: [{}], inputs: {path: out}}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: cloud}
spec: {type: cloud, match: [{}], driver: remote, inputs: {outputs: {host: "\${resource.name}.cloud"}}}
---
apiVersion: tutti.dev/v1
kind: ResourceDefinition
metadata: {name: alias}
spec: {type: alias, match: [{}], driver: remote, inputs: {outputs: {host: "\${params.of}"}}}
`;

describe('a driver that fails on the way', () => {
  let folder = '';
  let store: Store;
  let engine: Engine;
  let calls: string[] = [];
  let failing: ReadonlySet<string> = new Set();

  /** Like a driver of a cloud: what it says beforehand it may fail to do. */
  const remote: Driver = {
    name: 'remote',
    isPure: false,
    readsSurroundings: false,
    inputsSchema: { type: 'object' },
    preview: ({ inputs }) => ({ value: { outputs: outputsOf(inputs['outputs']), manifests: [], state: {} }, diagnostics: [] }),
    provision: (request) => {
      calls.push(request.resource.id);
      if (failing.has(request.resource.id)) return fail(diagnose('T5102', { detail: `The cloud refused ${request.resource.id}.` }));
      return remote.preview(request);
    },
    deprovision: () => ({ value: undefined, diagnostics: [] }),
  };

  beforeEach(async () => {
    calls = [];
    failing = new Set();
    folder = await mkdtemp(join(tmpdir(), 'tutti-failing-'));
    store = await openStore({ connectionString: await createTestDatabase(), key: randomBytes(32), holder: 'one' });
    const platform = loadPlatform();
    engine = createEngine({
      store,
      drivers: { ...drivers, remote: async () => remote },
      targets,
      secretStores: secretSinks,
      patcher: loadPatcher,
      loadPlatform: async () => platform,
      clock: { now: () => '2026-01-01T00:00:00.000Z' },
      random: { hex: (bytes) => randomBytes(bytes).toString('hex') },
      baseDir: folder,
      holder: 'one',
    });
    await store.projects.create({ name: ref.project }, actor);
    await store.releases.create({ files: [], digest: 'r' }, actor);
    await store.environments.create({ ...ref, type: 'staging' }, actor);
  });

  afterEach(async () => {
    await engine.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function deployAll() {
    const api = score({
      name: 'api',
      variables: { HOST: '${resources.front.host}' },
      resources: {
        base: { type: 'cloud' },
        front: { type: 'alias', params: { of: '${resources.base.host}' } },
        other: { type: 'cloud' },
      },
    });
    const workloads = readScore([api]).value?.map((declared) => ({ declared, text: api.text })) ?? [];
    const request = { kind: 'deploy' as const, workloads, remove: [], isWhole: false, deleteResources: [], rebind: [], reason: '' };
    const accepted = await engine.deploy(ref, request, { actor });
    const id = accepted.value?.id ?? '';
    await engine.waitFor(id);
    const number = accepted.value?.number ?? 0;
    return { deployment: (await store.deployments.find(ref, number)).value, steps: await store.deployments.steps(id) };
  }

  it('stops what depends on it, lets the others go on, and writes nothing', async () => {
    failing = new Set(['api.base']);
    const { deployment, steps } = await deployAll();
    expect(deployment?.status).toBe('failed');
    expect(deployment?.diagnostics.map((each) => each.code)).toEqual(expect.arrayContaining(['T5102', 'T5104']));
    expect(calls).toEqual(['api.base', 'api.other']);
    const told = steps.map((step) => `${step.subject.kind === 'resource' ? step.subject.uid : ''} ${step.status}`);
    expect(told).toEqual(['cloud.default#api.base failed', 'cloud.default#api.other done', 'alias.default#api.front skipped']);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is called again by the next deployment, and what was done already is not', async () => {
    failing = new Set(['api.base']);
    await deployAll();
    failing = new Set();
    calls = [];
    const { deployment } = await deployAll();
    expect(deployment).toMatchObject({ status: 'succeeded', diagnostics: [] });
    expect(calls).toEqual(['api.base', 'api.front']);
    expect(await readdir(folder)).toEqual(['out']);
  });
});

function loadPlatform(): Platform {
  const configured = readPlatform([{ file: 'platform.yaml', text: platformText }]);
  if (!configured.value) throw new Error(JSON.stringify(configured.diagnostics));
  return mergePlatforms(configured.value, builtinPlatform());
}

function outputsOf(value: unknown) {
  return typeof value === 'object' && value !== null && 'host' in value && typeof value.host === 'string' ? { host: value.host } : {};
}
