import { expect, test } from 'vitest';
import type { Change, Plan } from '../../model/plan.ts';
import { emptyState } from '../../model/state.ts';
import type { Secret, Unknown } from '../../model/value.ts';
import type { ObservedObject } from '../../ports/target.ts';
import { buildPlan } from './build-plan.ts';
import { nameSubject } from './change.ts';
import type { BuildPlanRequest } from './request.ts';
import { carryOut, listDesired, makeObject, makeRequest, postgres, redis, web, type World } from './test-support.ts';

function planOf(request: BuildPlanRequest): Plan {
  const { value, diagnostics } = buildPlan(request);
  if (!value) throw new Error(diagnostics.map(({ detail }) => detail).join('\n'));
  return value;
}

function deploy(world: World, state = emptyState): ReturnType<typeof carryOut> {
  const request = makeRequest(world, state);
  return carryOut(planOf(request), request);
}

function find(plan: Plan, name: string): Change {
  const change = plan.changes.find(({ subject }) => nameSubject(subject) === name);
  if (!change) throw new Error(`no ${name} among ${plan.changes.map(({ subject }) => nameSubject(subject)).join(', ')}`);
  return change;
}

function codesOf(request: BuildPlanRequest): readonly string[] {
  return buildPlan(request).diagnostics.map(({ code }) => code);
}

const shop: World = {
  workloads: { web: { needs: [redis, postgres] }, api: {} },
  resources: {
    [redis]: { objects: [makeObject(redis, 'redis')] },
    [postgres]: { isStateful: true, objects: [makeObject(postgres, 'pg')] },
  },
};
const deployed = deploy(shop);
const webOnly: World = { workloads: { web: {}, api: {} } };

test('the first plan creates everything, resources before the workloads that need them', () => {
  const plan = planOf(makeRequest(shop));
  expect(plan.changes.map(({ subject, action }) => `${action} ${nameSubject(subject)}`)).toEqual([
    'create resource postgres.default#shared',
    'create object /ConfigMap:ns/pg',
    'create resource redis.default#cache',
    'create object /ConfigMap:ns/redis',
    'create workload api',
    'create object apps/Deployment:ns/api',
    'create workload web',
    'create object apps/Deployment:ns/web',
  ]);
});

test('planning the state after an apply changes nothing', () => {
  expect(planOf(makeRequest(shop, deployed)).changes.map(({ action }) => action)).toEqual(Array(8).fill('unchanged'));
});

test('a new image is an update with the cause image, down to the object', () => {
  const plan = planOf(
    makeRequest({ ...shop, workloads: { ...shop.workloads, web: { needs: [redis, postgres], image: 'web:2' } } }, deployed),
  );
  expect(find(plan, 'workload web')).toMatchObject({ action: 'update', cause: 'image', reason: 'its image changes' });
  expect(find(plan, 'object apps/Deployment:ns/web')).toMatchObject({
    action: 'update',
    cause: 'image',
    fields: [{ path: '/spec/image', before: 'web:1', after: 'web:2' }],
  });
  expect(find(plan, 'workload api').action).toBe('unchanged');
});

test('another variable is an update with the cause spec', () => {
  const plan = planOf(makeRequest({ workloads: { web: { variables: { A: '1' } } } }, deploy({ workloads: { web: {} } })));
  expect(find(plan, 'workload web')).toMatchObject({ action: 'update', cause: 'spec' });
});

test('an object that changes under an unchanged spec has the cause of what changed besides', () => {
  const before = deploy({ workloads: { web: { objects: [makeObject(web, 'web', { v: 1 })] } } });
  const world: World = { workloads: { web: { objects: [makeObject(web, 'web', { v: 2 })] } } };
  const causeWith = (areValuesChanged: boolean, isReleaseChanged: boolean) =>
    find(planOf(makeRequest(world, before, { changed: { areValuesChanged, isReleaseChanged } })), 'workload web').cause;
  expect([causeWith(true, false), causeWith(false, true), causeWith(false, false)]).toEqual(['values', 'platform', 'request']);
});

test('a resource that nothing needs any more is deleted, a stateful one is retained', () => {
  const plan = planOf(makeRequest(webOnly, deployed));
  expect(find(plan, 'resource redis.default#cache')).toMatchObject({ action: 'delete', cause: 'spec' });
  expect(find(plan, 'object /ConfigMap:ns/redis').action).toBe('delete');
  expect(find(plan, 'resource postgres.default#shared').action).toBe('retain');
  expect(find(plan, 'object /ConfigMap:ns/pg').action).toBe('retain');
});

test('what is retained stays listed as unchanged, until it is named for deletion', () => {
  const retained = deploy(webOnly, deployed);
  expect(find(planOf(makeRequest(webOnly, retained)), 'resource postgres.default#shared').action).toBe('unchanged');
  const command = { workloads: [], remove: [], isWhole: false, deleteResources: [postgres], rebind: [] };
  const plan = planOf(makeRequest(webOnly, retained, { command }));
  expect(find(plan, 'resource postgres.default#shared')).toMatchObject({ action: 'delete', cause: 'request' });
  expect(plan.brakes).toMatchObject([{ kind: 'stateful' }]);
});

test('a retained resource that is needed again is taken back into use', () => {
  const plan = planOf(makeRequest(shop, deploy(webOnly, deployed)));
  expect(find(plan, 'resource postgres.default#shared')).toMatchObject({ action: 'update', reason: 'it was retained and is needed again' });
});

test('claims of volumes are never pruned', () => {
  const claim = makeObject(redis, 'data', { kind: 'PersistentVolumeClaim' });
  const before = deploy({ workloads: { web: {} }, resources: { [redis]: { objects: [claim] } } });
  const request = makeRequest({ workloads: { web: {} } }, before);
  expect(find(planOf(request), 'object /PersistentVolumeClaim:ns/data').action).toBe('retain');
  expect(
    find(planOf(makeRequest({ workloads: { web: {} } }, carryOut(planOf(request), request))), 'object /PersistentVolumeClaim:ns/data')
      .action,
  ).toBe('unchanged');
});

test('what depends on another goes before it', () => {
  const command = { workloads: [], remove: ['web'], isWhole: false, deleteResources: [postgres], rebind: [] };
  const plan = planOf(makeRequest({ workloads: { api: {} } }, deployed, { command }));
  const gone = plan.changes
    .filter(({ subject, action }) => action === 'delete' && subject.kind !== 'object')
    .map(({ subject }) => nameSubject(subject));
  expect(gone).toEqual(['workload web', 'resource postgres.default#shared', 'resource redis.default#cache']);
});

test('a stateful resource is not bound anew by matching alone', () => {
  const world: World = { ...shop, resources: { [postgres]: { isStateful: true, definition: 'rds', boundTo: 'plain' } } };
  expect(codesOf(makeRequest(world, deployed))).toEqual(['T4003']);
});

test('a stateless resource is bound anew, and shown so', () => {
  const world: World = {
    ...shop,
    resources: { ...shop.resources, [redis]: { definition: 'elasticache', objects: [makeObject(redis, 'redis')] } },
  };
  const change = find(planOf(makeRequest(world, deployed)), 'resource redis.default#cache');
  expect(change).toMatchObject({
    action: 'rebind',
    cause: 'platform',
    fields: [{ path: '/definition', before: 'plain', after: 'elasticache' }],
  });
});

test('an environment does not move to another target by matching alone', () => {
  expect(codesOf(makeRequest(shop, deployed, { target: { name: 'cluster', type: 'kubernetes', inputs: {} } }))).toEqual(['T4004']);
});

test('other inputs of the same target are a warning', () => {
  expect(codesOf(makeRequest(shop, deployed, { target: { name: 'files', type: 'directory', inputs: { path: 'elsewhere' } } }))).toEqual([
    'T4009',
  ]);
});

test('going back over what cannot be undone needs a confirmation', () => {
  const request = makeRequest(shop, deployed);
  const { value } = buildPlan({ ...request, command: { ...request.command, crosses: ['Job migrate (deployment 2)'] } });
  const reason = 'the environment would go back over what cannot be undone: Job migrate (deployment 2)';
  expect(value?.brakes).toEqual([{ kind: 'irreversible', subjects: [], reason }]);
});

test('an empty rendering is an error where something was before', () => {
  expect(codesOf(makeRequest({ workloads: {} }, deployed))).toEqual(['T4001']);
  expect(codesOf(makeRequest({ workloads: {} }))).toEqual([]);
});

test('an environment may become empty when the command names each workload', () => {
  const command = { workloads: [], remove: ['web', 'api'], isWhole: false, deleteResources: [], rebind: [] };
  const plan = planOf(makeRequest({ workloads: {} }, deployed, { command }));
  expect(plan.brakes).toEqual([]);
  expect(find(plan, 'workload web')).toMatchObject({ action: 'delete', cause: 'request' });
});

test('one object is deleted without a question, more of a small environment are not', () => {
  const objects = ['a', 'b', 'c'].map((name) => makeObject(web, name));
  const before = deploy({ workloads: { web: { objects } } });
  const planWith = (count: number) => planOf(makeRequest({ workloads: { web: { objects: objects.slice(0, count) } } }, before));
  expect(planWith(2).brakes).toEqual([]);
  expect(planWith(1).brakes).toMatchObject([
    { kind: 'deletions', reason: '2 of 3 objects would be deleted without the command having named them' },
  ]);
});

test('in a large environment the brake is at 30 %', () => {
  const objects = Array.from({ length: 20 }, (_, index) => makeObject(web, `o${String(index).padStart(2, '0')}`));
  const before = deploy({ workloads: { web: { objects } } });
  const brakesWith = (count: number) =>
    planOf(makeRequest({ workloads: { web: { objects: objects.slice(0, count) } } }, before)).brakes.length;
  expect([brakesWith(14), brakesWith(13)]).toEqual([0, 1]);
});

test('two nodes that render the same object are an error that names both', () => {
  const world: World = {
    workloads: { web: { objects: [makeObject(web, 'x')] } },
    resources: { [redis]: { objects: [makeObject(redis, 'x')] } },
  };
  const [diagnostic] = buildPlan(makeRequest(world)).diagnostics;
  expect(diagnostic).toMatchObject({ code: 'T4002' });
  expect(diagnostic?.detail).toMatch(/redis.default#cache.*workload.default#web/);
});

test('an object of somebody else is not overwritten', () => {
  const observation = { objects: {}, foreign: [{ key: 'apps/Deployment:ns/web', owner: 'shop/production' }] };
  expect(codesOf(makeRequest(shop, emptyState, { observation }))).toEqual(['T4005']);
});

test('a resource that is still needed is not deleted by name', () => {
  const command = { workloads: [], remove: ['typo'], isWhole: false, deleteResources: [redis], rebind: [] };
  expect(codesOf(makeRequest(shop, deployed, { command }))).toEqual(['T4006', 'T4008']);
});

function observe(request: BuildPlanRequest, changes: Readonly<Record<string, Partial<ObservedObject> | null>>): BuildPlanRequest {
  const seen = listDesired(request.desired).flatMap((object): ObservedObject[] => {
    const change = Object.hasOwn(changes, object.key) ? changes[object.key] : {};
    return change ? [{ key: object.key, isAsDeployed: true, health: 'not-observed', ...change }] : [];
  });
  return { ...request, observation: { objects: Object.fromEntries(seen.map((each) => [each.key, each])), foreign: [] } };
}

test('an object that is gone from the target is created again, as drift', () => {
  const plan = planOf(observe(makeRequest(shop, deployed), { 'apps/Deployment:ns/web': null }));
  expect(find(plan, 'object apps/Deployment:ns/web')).toMatchObject({ action: 'create', cause: 'drift' });
  expect(find(plan, 'workload web')).toMatchObject({ action: 'update', cause: 'drift' });
  expect(find(plan, 'workload api').action).toBe('unchanged');
});

test('a field changed by hand shows what is live', () => {
  const live = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'ns' },
    spec: { image: 'hacked', env: {} },
  };
  const plan = planOf(observe(makeRequest(shop, deployed), { 'apps/Deployment:ns/web': { isAsDeployed: false, live } }));
  expect(find(plan, 'object apps/Deployment:ns/web')).toMatchObject({
    cause: 'drift',
    fields: [{ path: '/spec/image', before: 'hacked', after: 'web:1' }],
  });
});

const unknown: Unknown = { $tutti: 'unknown', uid: redis, path: '/host' };
const secret = (hash: string): Secret => ({ $tutti: 'secret', ref: { kind: 'stored', key: 'TOKEN', version: 1 }, hash });

test('a change that only provisioning can decide is unknown', () => {
  const before = deploy({ workloads: { web: { objects: [makeObject(web, 'web', { host: 'a' })] } } });
  const plan = planOf(makeRequest({ workloads: { web: { objects: [makeObject(web, 'web', { host: unknown })] } } }, before));
  expect(find(plan, 'object /ConfigMap:ns/web')).toMatchObject({ action: 'unknown', unknown: ['/host'] });
  expect(find(plan, 'workload web').action).toBe('unknown');
});

test('a plan holds neither a secret nor its keyed hash', () => {
  const object = makeObject(web, 'web', { kind: 'Secret', data: { token: secret('keyed-hash'), user: 'plain-canary' } });
  const plan = planOf(
    makeRequest({ workloads: { web: { objects: [object] } }, resources: { [redis]: { inputs: { token: secret('keyed-hash') } } } }),
  );
  expect(JSON.stringify(plan)).not.toMatch(/keyed-hash|plain-canary/);
  expect(find(plan, 'object /Secret:ns/web').sensitive).toEqual(['/data/token', '/data/user']);
});

test('another secret is another plan, though it looks the same', () => {
  const digestWith = (hash: string) =>
    planOf(makeRequest({ workloads: { web: { objects: [makeObject(web, 'web', { data: secret(hash) })] } } })).digest;
  expect(digestWith('1')).not.toBe(digestWith('2'));
  expect(digestWith('1')).toBe(digestWith('1'));
});

test('the digest tells environments apart', () => {
  const request = makeRequest(shop);
  expect(planOf(request).digest).not.toBe(planOf({ ...request, context: { ...request.context, environment: 'production' } }).digest);
});

test('a resource whose provisioning did not finish is provisioned again', () => {
  const failed = { ...deployed, resources: { ...deployed.resources } };
  const last = deployed.resources[redis];
  if (last) failed.resources[redis] = { ...last, status: 'failed' };
  expect(find(planOf(makeRequest(shop, failed)), 'resource redis.default#cache')).toMatchObject({ action: 'update', cause: 'request' });
});

test('the same desire is planned anew against whatever it is compared with', () => {
  const request = makeRequest(shop);
  const key = 'apps/Deployment:ns/web';
  const [object, resource, workload] = [
    deployed.objects[makeObject(web, 'web', { kind: 'Deployment', apiVersion: 'apps/v1' }).key],
    deployed.resources[redis],
    deployed.workloads['web'],
  ];
  if (!object || !resource || !workload) throw new Error('nothing is deployed');
  const states = [
    emptyState,
    deployed,
    { ...deployed, objects: { ...deployed.objects, [object.key]: { ...object, hash: 'other', body: { a: 1 } } } },
    { ...deployed, resources: { ...deployed.resources, [redis]: { ...resource, status: 'failed' as const } } },
    { ...deployed, workloads: { ...deployed.workloads, web: { ...workload, status: 'failed' as const } } },
  ];
  const looks = [
    (plain: BuildPlanRequest) => plain,
    (plain: BuildPlanRequest) => observe(plain, {}),
    (plain: BuildPlanRequest) => observe(plain, { [key]: null }),
    (plain: BuildPlanRequest) => observe(plain, { [key]: { isAsDeployed: false } }),
  ];
  // By state and by look, so that each follows one that differs from it in one thing only.
  const rows = states.map((state) => looks.map((look) => look({ ...request, state })));
  const variants = [...rows.flat(), ...looks.flatMap((_, index) => rows.flatMap((row) => row[index] ?? []))];
  const expected = variants.map((variant) => planOf(structuredClone(variant)).digest);
  expect(new Set(expected).size).toBeGreaterThan(7);
  expect(variants.map((variant) => planOf(variant).digest)).toEqual(expected);
});
