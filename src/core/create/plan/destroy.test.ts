import { expect, test } from 'vitest';
import type { Plan } from '../../model/plan.ts';
import { emptyState, type EnvironmentState } from '../../model/state.ts';
import { buildPlan } from './build-plan.ts';
import { nameSubject } from './change.ts';
import type { PlanCommand } from './request.ts';
import { carryOut, makeObject, makeRequest, postgres, redis, web, type World } from './test-support.ts';

function planOf(world: World, state: EnvironmentState, command: Partial<PlanCommand> = {}): Plan {
  const request = makeRequest(world, state);
  const { value, diagnostics } = buildPlan({ ...request, command: { ...request.command, ...command } });
  if (!value) throw new Error(diagnostics.map(({ detail }) => detail).join('\n'));
  return value;
}

const claim = makeObject(web, 'data', { kind: 'PersistentVolumeClaim' });
const shop: World = {
  workloads: { web: { needs: [redis, postgres], objects: [claim] } },
  resources: {
    [redis]: { objects: [makeObject(redis, 'redis')] },
    [postgres]: { isStateful: true, objects: [makeObject(postgres, 'pg')] },
  },
};
const deployed = carryOut(planOf(shop, emptyState), makeRequest(shop));
const nothing: World = { workloads: {} };

function show({ changes }: Plan): readonly string[] {
  return changes.map(({ subject, action }) => `${action} ${nameSubject(subject)}`);
}

test('everything goes but what holds data, dependents first; and that has to be confirmed', () => {
  const plan = planOf(nothing, deployed, { isWhole: true, destroys: 'all-but-data' });
  expect(show(plan)).toEqual([
    'delete workload web',
    'retain object /PersistentVolumeClaim:ns/data',
    'retain resource postgres.default#shared',
    'retain object /ConfigMap:ns/pg',
    'delete resource redis.default#cache',
    'delete object /ConfigMap:ns/redis',
  ]);
  expect(plan.brakes).toMatchObject([{ kind: 'deletions', reason: 'the environment is destroyed: 1 object would be deleted' }]);
});

test('data goes, too, where that is said, and is a brake of its own', () => {
  const plan = planOf(nothing, deployed, { isWhole: true, destroys: 'all' });
  expect(new Set(plan.changes.map(({ action }) => action))).toEqual(new Set(['delete']));
  expect(plan.brakes.map(({ kind }) => kind)).toEqual(['deletions', 'stateful']);
});

test('what was kept can be destroyed later; where nothing is left there is nothing to confirm', () => {
  const first = makeRequest(nothing, deployed, {});
  const kept = carryOut(planOf(nothing, deployed, { isWhole: true, destroys: 'all-but-data' }), first);
  expect(planOf(nothing, kept, { destroys: 'all-but-data' }).brakes).toEqual([]);
  const rest = planOf(nothing, kept, { destroys: 'all' });
  expect(show(rest)).toEqual([
    'delete resource postgres.default#shared',
    'delete object /ConfigMap:ns/pg',
    'delete object /PersistentVolumeClaim:ns/data',
  ]);
  expect(planOf(nothing, carryOut(rest, makeRequest(nothing, kept)), { destroys: 'all' }).changes).toEqual([]);
});

test('an empty environment is no reason to delete anything where destruction was not asked for', () => {
  expect(() => planOf(nothing, deployed, { isWhole: true })).toThrow(/Nothing was rendered/);
});
