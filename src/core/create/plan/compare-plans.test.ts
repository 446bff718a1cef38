import { expect, test } from 'vitest';
import type { Plan } from '../../model/plan.ts';
import { emptyState } from '../../model/state.ts';
import type { Secret, Unknown, Value } from '../../model/value.ts';
import { buildPlan } from './build-plan.ts';
import { nameSubject } from './change.ts';
import { comparePlans, compareRemaining, reportStale } from './compare-plans.ts';
import { checkConfirmation } from './confirm-plan.ts';
import { carryOut, makeObject, makeRequest, redis, web, type World } from './test-support.ts';

function planOf(world: World, state = emptyState): Plan {
  const { value } = buildPlan(makeRequest(world, state));
  if (!value) throw new Error('no plan');
  return value;
}

function withObject(body: Readonly<Record<string, Value>>): World {
  return { workloads: { web: { objects: [makeObject(web, 'web', body)] } } };
}

const unknown: Unknown = { $tutti: 'unknown', uid: redis, path: '/host' };
const secret = (hash: string): Secret => ({ $tutti: 'secret', ref: { kind: 'generated', uid: redis, name: 'password' }, hash });

test('equal plans do not differ', () => {
  expect(comparePlans(planOf(withObject({ a: 1 })), planOf(withObject({ a: 1 })))).toEqual([]);
});

test('a value that was unknown may fill what was shown as unknown, and nothing else', () => {
  const approved = planOf(withObject({ host: unknown, port: 1 }));
  expect(comparePlans(approved, planOf(withObject({ host: 'db', port: 1 })))).toEqual([]);
  expect(comparePlans(approved, planOf(withObject({ host: 'db', port: 2 })))).toMatchObject([{ reason: 'it would become something else' }]);
});

test('another secret makes a plan stale, also beside an unknown', () => {
  expect(comparePlans(planOf(withObject({ a: secret('1') })), planOf(withObject({ a: secret('2') })))).toHaveLength(1);
  const approved = planOf(withObject({ a: secret('1'), host: unknown }));
  expect(comparePlans(approved, planOf(withObject({ a: secret('1'), host: 'db' })))).toEqual([]);
  expect(comparePlans(approved, planOf(withObject({ a: secret('2'), host: 'db' })))).toHaveLength(1);
});

test('a change that depended on an unknown alone may turn out to be none', () => {
  const request = makeRequest(withObject({ host: 'db' }));
  const state = carryOut(planOf(withObject({ host: 'db' })), request);
  expect(comparePlans(planOf(withObject({ host: unknown }), state), planOf(withObject({ host: 'db' }), state))).toEqual([]);
});

test('a change that was not approved is a difference', () => {
  const [difference] = comparePlans(planOf({ workloads: { web: {} } }), planOf({ workloads: { web: {}, api: {} } }));
  expect(difference).toMatchObject({
    subject: { kind: 'workload', name: 'api' },
    reason: 'it would change and was not in the approved plan',
  });
});

test('a change that is not to be made any more is a difference, unless this deployment has made it', () => {
  const world: World = { workloads: { web: {}, api: {} } };
  const approved = planOf(world);
  const half = { workloads: { web: {} } };
  const state = carryOut(planOf(half), makeRequest(half));
  const fresh = planOf(world, state);
  expect(compareRemaining(approved, fresh, (subject) => nameSubject(subject).includes('web'))).toEqual([]);
  expect(compareRemaining(approved, fresh, () => false).map(({ subject }) => nameSubject(subject))).toEqual([
    'workload web',
    'object apps/Deployment:ns/web',
  ]);
});

test('what was begun may be finished', () => {
  const world: World = { workloads: { web: {} } };
  const state = carryOut(planOf(world), makeRequest(world));
  const last = state.workloads['web'];
  if (!last) throw new Error('no web');
  const fresh = planOf(world, { ...state, workloads: { web: { ...last, status: 'applying' } } });
  expect(compareRemaining(planOf(world), fresh, () => true)).toEqual([]);
});

test('a stale plan is reported with what differs', () => {
  const differences = comparePlans(planOf({ workloads: { web: {} } }), planOf({ workloads: { web: { image: 'web:2' } } }));
  expect(reportStale(differences)).toMatchObject([{ code: 'T4011' }]);
  expect(reportStale([])).toEqual([]);
});

test('a plan with brakes goes ahead only with the confirmation of exactly this plan', () => {
  const plan: Plan = {
    ...planOf({ workloads: {} }),
    brakes: [{ kind: 'deletions', subjects: [], reason: '2 of 3 objects would be deleted' }],
  };
  expect(checkConfirmation(plan, undefined)).toMatchObject([{ code: 'T4010' }]);
  expect(checkConfirmation(plan, 'other')).toHaveLength(1);
  expect(checkConfirmation(plan, plan.digest)).toEqual([]);
});
