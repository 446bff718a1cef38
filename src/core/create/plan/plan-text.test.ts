import { expect, test } from 'vitest';
import type { Plan } from '../../model/plan.ts';
import { emptyState } from '../../model/state.ts';
import { buildPlan } from './build-plan.ts';
import { listKeptObjects } from './kept-objects.ts';
import { planToText } from './plan-text.ts';
import { summarisePlan } from './summarise-plan.ts';
import { carryOut, listDesired, makeObject, makeRequest, postgres, redis, web, type World } from './test-support.ts';

function planOf(world: World, state = emptyState): Plan {
  const { value } = buildPlan(makeRequest(world, state));
  if (!value) throw new Error('no plan');
  return value;
}

const before: World = {
  workloads: { web: { needs: [redis, postgres] }, api: {} },
  resources: {
    [redis]: { objects: [makeObject(redis, 'redis')] },
    [postgres]: { isStateful: true, objects: [makeObject(postgres, 'pg')] },
  },
};
const after: World = { workloads: { web: { image: 'web:2' }, api: {} } };
const state = carryOut(planOf(before), makeRequest(before));

test('a plan is written by what changes, with fields, counts and digest at the end', () => {
  const plan = planOf(after, state);
  expect(planToText(plan)).toBe(
    [
      '~ workload web: update (spec): its spec changes',
      '      ~ /spec/containers/main/image: "web:1" → "web:2"',
      '      - /spec/needs/postgres/class: "default"',
      '      - /spec/needs/postgres/metadata: {}',
      '      - /spec/needs/postgres/name: "postgres.default#shared"',
      '      - /spec/needs/postgres/type: "postgres.default#shared"',
      '      - /spec/needs/redis/class: "default"',
      '      - /spec/needs/redis/metadata: {}',
      '      - /spec/needs/redis/name: "redis.default#cache"',
      '      - /spec/needs/redis/type: "redis.default#cache"',
      '    ~ apps/Deployment:ns/web',
      '        ~ /spec/image: "web:1" → "web:2"',
      '! resource postgres.default#shared: retain (spec): nothing needs it any more; it is kept, for it holds data',
      '    ! /ConfigMap:ns/pg',
      '- resource redis.default#cache: delete (spec): nothing needs it any more',
      '    - /ConfigMap:ns/redis',
      '',
      'Resources: 1 delete, 1 retain. Workloads: 1 update, 1 unchanged. Objects: 1 update, 1 delete, 1 retain, 1 unchanged.',
      `Plan ${plan.digest}`,
    ].join('\n'),
  );
});

test('an empty plan says that nothing changes', () => {
  expect(planToText(planOf(before, state))).toBe('Nothing changes: 8 things as deployed.');
});

test('nothing in a plan acts on a terminal', () => {
  const world: World = { workloads: { web: { objects: [makeObject(web, 'web', { '\u001b[31m': '\u001b[2J' })] } } };
  const earlier: World = { workloads: { web: { objects: [makeObject(web, 'web', {})] } } };
  const text = planToText(planOf(world, carryOut(planOf(earlier), makeRequest(earlier))));
  expect(text).toContain('[31m');
  expect(text).not.toContain('\u001b');
});

test('changes are counted by action and by what they are about', () => {
  const summary = summarisePlan(planOf(after, state));
  expect(summary.isEmpty).toBe(false);
  expect(summary.total).toEqual({ create: 0, update: 2, replace: 0, rebind: 0, unknown: 0, delete: 2, retain: 2, unchanged: 2 });
  expect(summarisePlan(planOf(before, state)).isEmpty).toBe(true);
});

test('what is retained is kept for targets that write everything at once', () => {
  const request = makeRequest(after, state);
  expect(listKeptObjects(planOf(after, state), state, listDesired(request.desired)).map(({ key }) => key)).toEqual(['/ConfigMap:ns/pg']);
});
