import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/test-database.ts';
import { makeUid, type DeploymentRequest, type EnvironmentRef, type Plan, type ResourceState, type Store } from '../../core/index.ts';
import { openStore } from '../open-store.ts';

const actor = { name: 'ada' };
const ref: EnvironmentRef = { project: 'shop', environment: 'staging' };
const key = randomBytes(32);

const request: DeploymentRequest = {
  kind: 'deploy',
  workloads: [],
  remove: [],
  isWhole: false,
  deleteResources: [],
  rebind: [],
  reason: 'test',
};

const plan: Plan = {
  changes: [],
  digest: 'd1',
  basis: { revision: 0, release: 1, inventory: 'i1' },
  brakes: [],
};

const uid = makeUid({ type: 'postgres', id: 'api.db' });

const resource: ResourceState = {
  uid,
  type: 'postgres',
  class: 'default',
  id: 'api.db',
  definition: { name: 'postgres-in-cluster', digest: 'x' },
  driver: 'template',
  isStateful: true,
  status: 'ready',
  inputsDigest: 'y',
  inputs: {},
  outputs: { host: 'db' },
  state: {},
  dependsOn: [],
};

describe('the records', () => {
  let store: Store;
  let connectionString: string;

  beforeEach(async () => {
    connectionString = await createTestDatabase();
    store = await openStore({ connectionString, key, holder: 'first' });
  });

  afterEach(async () => {
    await store.close();
  });

  async function prepareEnvironment(): Promise<void> {
    await store.projects.create({ name: 'shop' }, actor);
    await store.releases.create({ files: [{ file: 'a.yaml', text: 'x' }], digest: 'r1' }, actor);
    await store.environments.create({ ...ref, type: 'staging' }, actor);
  }

  async function takeSlot(from: Store = store, holder = 'first') {
    const deployment = (await from.deployments.create({ ...ref, request }, actor)).value;
    const lease = deployment && (await from.deployments.acquire(deployment.id, { holder })).value;
    if (!deployment || !lease) throw new Error('the slot was not free');
    return { deployment, lease };
  }

  it('open twice at once on an empty database and migrate it once', async () => {
    const fresh = await createTestDatabase();
    const stores = await Promise.all(['one', 'two', 'three'].map((holder) => openStore({ connectionString: fresh, key, holder })));
    const projects = await Promise.all(stores.map((each) => each.projects.list()));
    await Promise.all(stores.map((each) => each.close()));
    expect(projects).toEqual([[], [], []]);
  });

  it('refuse a project that exists, one with a bad name, and the deletion of one in use', async () => {
    await prepareEnvironment();
    const again = await store.projects.create({ name: 'shop' }, actor);
    const bad = await store.projects.create({ name: 'My Shop' }, actor);
    const used = await store.projects.delete('shop', actor);
    expect([again, bad, used].map((outcome) => outcome.diagnostics[0]?.code)).toEqual(['T7202', 'T7204', 'T7203']);
  });

  it('count the incarnations of an environment for ever', async () => {
    await prepareEnvironment();
    await store.environments.delete(ref, actor);
    const again = await store.environments.create({ ...ref, type: 'staging' }, actor);
    expect(again.value?.incarnation).toBe(2);
  });

  it('say what exists when an environment is unknown', async () => {
    await prepareEnvironment();
    const outcome = await store.environments.find({ project: 'shop', environment: 'stagin' });
    expect(outcome.diagnostics[0]).toMatchObject({ code: 'T7201', detail: expect.stringContaining('staging') });
  });

  it('version settings, and make no version where nothing changed', async () => {
    await prepareEnvironment();
    await store.environments.setValues(ref, { set: { LOG_LEVEL: 'info', A: '1' }, unset: [] }, actor);
    await store.environments.setValues(ref, { set: { LOG_LEVEL: 'debug', A: '1' }, unset: [] }, actor);
    await store.environments.setValues(ref, { set: {}, unset: ['A'] }, actor);
    const values = await store.environments.values(ref);
    expect(values.value).toMatchObject([{ key: 'LOG_LEVEL', value: 'debug', version: 2, changedBy: 'ada' }]);
  });

  it('keep secrets sealed, list them without values and reveal each version', async () => {
    await prepareEnvironment();
    await store.secrets.set(ref, { key: 'TOKEN', value: 'canary-one' }, actor);
    await store.secrets.set(ref, { key: 'TOKEN', value: 'canary-two' }, actor);
    const listed = await store.environments.values(ref);
    expect(listed.value).toMatchObject([{ key: 'TOKEN', version: 2, hash: store.secrets.hash('canary-two') }]);
    expect(JSON.stringify(listed)).not.toContain('canary');
    expect((await store.secrets.reveal(ref, { key: 'TOKEN', version: 1 })).value).toBe('canary-one');
    expect((await store.secrets.reveal(ref, { key: 'TOKEN', version: 2 })).value).toBe('canary-two');
  });

  it('make no new release of the same files', async () => {
    const first = await store.releases.create({ files: [], digest: 'same' }, actor);
    const second = await store.releases.create({ files: [], digest: 'same' }, actor);
    const third = await store.releases.create({ files: [], digest: 'other' }, actor);
    expect([first, second, third].map((outcome) => outcome.value?.number)).toEqual([1, 1, 2]);
  });

  it('keep the seed that came first', async () => {
    await prepareEnvironment();
    const seed = { uid, name: 'password', specification: { kind: 'password' }, algorithm: 1 };
    await store.seeds.reserve(ref, [{ ...seed, seed: 'aa' }]);
    const second = await store.seeds.reserve(ref, [{ ...seed, seed: 'bb' }]);
    expect(second.value).toEqual([{ ...seed, seed: 'aa' }]);
  });

  it('give the slot of an environment in the order of acceptance', async () => {
    await prepareEnvironment();
    const first = await takeSlot();
    const second = (await store.deployments.create({ ...ref, request }, actor)).value;
    expect(await store.deployments.acquire(second?.id ?? '', { holder: 'first' })).toEqual({ value: undefined, diagnostics: [] });
    await store.deployments.finish(first.lease, { status: 'succeeded', diagnostics: [] });
    const lease = await store.deployments.acquire(second?.id ?? '', { holder: 'first' });
    expect(lease.value).toMatchObject({ deployment: second?.id });
  });

  it('write steps and state in one go, and remove what is gone', async () => {
    await prepareEnvironment();
    const { lease } = await takeSlot();
    await store.deployments.setStatus(lease, 'provisioning');
    await store.deployments.savePlan(lease, plan);
    const subject = { kind: 'resource', uid } as const;
    await store.deployments.recordSteps(lease, [{ subject, status: 'done', resources: { [uid]: resource } }]);
    expect((await store.environments.loadState(ref)).value?.resources[uid]).toEqual(resource);
    await store.deployments.recordSteps(lease, [{ subject, status: 'done', resources: { [uid]: null } }]);
    expect((await store.environments.loadState(ref)).value?.resources).toEqual({});
    await store.deployments.finish(lease, { status: 'succeeded', diagnostics: [] });
    const found = await store.deployments.find(ref, 1);
    expect(found.value).toMatchObject({ status: 'succeeded', plan, isInterrupted: false });
    expect((await store.environments.loadState(ref)).value?.revision).toBe(1);
  });

  it('shut a holder out whose lease another one has taken over', async () => {
    await prepareEnvironment();
    const { deployment, lease } = await takeSlot();
    await expireLease(deployment.id);
    expect((await store.deployments.find(ref, 1)).value?.isInterrupted).toBe(true);
    const other = await openStore({ connectionString, key, holder: 'second' });
    const taken = await other.deployments.acquire(deployment.id, { holder: 'second' });
    const late = await store.deployments.setStatus(lease, 'applying');
    const lateStep = await store.deployments.recordSteps(lease, [
      { subject: { kind: 'resource', uid }, status: 'done', resources: { [uid]: resource } },
    ]);
    await other.close();
    expect(taken.value?.fence).toBeGreaterThan(lease.fence);
    expect([late, lateStep].map((outcome) => outcome.diagnostics[0]?.code)).toEqual(['T7205', 'T7205']);
    expect((await store.environments.loadState(ref)).value?.resources).toEqual({});
  });

  it('point at an interrupted deployment that stands in the way', async () => {
    await prepareEnvironment();
    const { deployment } = await takeSlot();
    await expireLease(deployment.id);
    const next = (await store.deployments.create({ ...ref, request }, actor)).value;
    const outcome = await store.deployments.acquire(next?.id ?? '', { holder: 'first' });
    expect(outcome.diagnostics[0]).toMatchObject({ code: 'T7206', detail: expect.stringContaining('Deployment 1') });
  });

  it('tell what comes next and nobody carries out; what waits in the queue counts as cared for', async () => {
    await prepareEnvironment();
    const first = (await store.deployments.create({ ...ref, request, isQueued: true, confirm: 'd1' }, actor)).value;
    const second = (await store.deployments.create({ ...ref, request, isQueued: true }, actor)).value;
    const [id, behind] = [first?.id ?? '', second?.id ?? ''];
    expect(await store.deployments.listWaiting()).toEqual([]);
    await execute("update deployments set created_at = now() - interval '1 minute', lease_until = now() - interval '1 minute'");
    expect(await store.deployments.listWaiting()).toEqual([{ ...ref, id, number: 1 }]);
    expect((await store.deployments.find(ref, 2)).value?.isInterrupted).toBe(false);
    const lease = (await store.deployments.acquire(id, { holder: 'first' })).value;
    expect(lease).toMatchObject({ attempt: 1 });
    expect((await store.deployments.request(id)).value).toMatchObject({ confirm: 'd1' });
    expect(await store.deployments.listWaiting()).toEqual([]);
    await expireLease(id);
    expect(await store.deployments.listWaiting()).toMatchObject([{ number: 1 }]);
    expect(await store.deployments.acquire(behind, { holder: 'first', isPatient: true })).toEqual({ value: undefined, diagnostics: [] });
  });

  it('count how often a deployment was begun, but for those who gave it back', async () => {
    await prepareEnvironment();
    const { deployment, lease } = await takeSlot();
    expect((await store.deployments.release(lease)).diagnostics).toEqual([]);
    const again = (await store.deployments.acquire(deployment.id, { holder: 'second' })).value;
    expect(again).toMatchObject({ attempt: 1 });
    expect((await store.deployments.release(lease)).diagnostics).toMatchObject([{ code: 'T7205' }]);
    await expireLease(deployment.id);
    expect((await store.deployments.acquire(deployment.id, { holder: 'third' })).value).toMatchObject({ attempt: 2 });
  });

  it('keep what was begun and cannot be undone, once', async () => {
    await prepareEnvironment();
    const { lease } = await takeSlot();
    for (const name of ['Job migrate', 'Job seed', 'Job migrate']) await store.deployments.noteIrreversible(lease, name);
    expect((await store.deployments.find(ref, 1)).value?.irreversible).toEqual(['Job migrate', 'Job seed']);
  });

  it('tell of every change by events', async () => {
    let calls = 0;
    const stop = await store.events.watch(() => (calls += 1));
    await prepareEnvironment();
    const { deployment, lease } = await takeSlot();
    await store.deployments.finish(lease, { status: 'cancelled', diagnostics: [] });
    const events = await store.events.list({ after: 0, limit: 100, deployment: deployment.id });
    await expect.poll(() => calls).toBeGreaterThan(0);
    await stop();
    expect(events.map((event) => event.data['status'])).toEqual(['queued', 'cancelled']);
  });

  it('know a token by its hash alone', async () => {
    const { token } = await store.tokens.create({ name: 'admin' }, actor);
    expect((await store.tokens.verify(token)).value).toEqual({ name: 'admin' });
    expect((await store.tokens.verify(`${token}x`)).diagnostics[0]?.code).toBe('T7208');
  });

  it('never change an audit row', async () => {
    await prepareEnvironment();
    const { openPool } = await import('../database.ts');
    const pool = openPool(connectionString);
    const rows = await pool.query('select action from audit order by sequence');
    await expect(pool.query("update audit set actor = 'eve'")).rejects.toThrow('append-only');
    await expect(pool.query('delete from audit')).rejects.toThrow('append-only');
    await pool.end();
    expect(rows.rows.map((row) => row.action)).toEqual(['project.create', 'release.create', 'environment.create']);
  });

  function expireLease(id: string): Promise<void> {
    return execute("update deployments set lease_until = now() - interval '1 second' where id = $1", [id]);
  }

  async function execute(text: string, values: readonly unknown[] = []): Promise<void> {
    const { openPool } = await import('../database.ts');
    const pool = openPool(connectionString);
    await pool.query(text, [...values]);
    await pool.end();
  }
});
