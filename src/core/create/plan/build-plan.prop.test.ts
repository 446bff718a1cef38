import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RenderedObject } from '../../model/rendering.ts';
import { emptyState, type EnvironmentState } from '../../model/state.ts';
import { makeUid, type Uid } from '../../model/uid.ts';
import { buildPlan } from './build-plan.ts';
import { isEffective, nameSubject } from './change.ts';
import { comparePlans } from './compare-plans.ts';
import { planToText } from './plan-text.ts';
import type { BuildPlanRequest } from './request.ts';
import { carryOut, makeObject, makeRequest, type World, type WorldResource } from './test-support.ts';

const kinds = ['ConfigMap', 'PersistentVolumeClaim', 'Secret'];

function objectsOf(node: Uid): fc.Arbitrary<readonly RenderedObject[]> {
  const parts = fc.record({ kind: fc.constantFrom(...kinds), index: fc.nat(3), content: fc.nat(2) });
  return fc
    .uniqueArray(parts, { selector: ({ kind, index }) => `${kind}${index}`, maxLength: 4 })
    .map((list) =>
      list.map(({ kind, index, content }) =>
        makeObject(node, `${node.replaceAll(/[^a-z0-9]/g, '-')}-${index}`, { kind, data: { content } }),
      ),
    );
}

function resource(uid: Uid): fc.Arbitrary<WorldResource> {
  return fc.record({
    isStateful: fc.constant(uid.startsWith('postgres')),
    onRemove: fc.constantFrom('delete', 'retain'),
    inputs: fc.record({ size: fc.nat(2) }),
    objects: objectsOf(uid),
  });
}

const uids = ['postgres', 'redis', 'dns'].map((type) => makeUid({ type, id: 'x' }));

const worlds: fc.Arbitrary<World> = fc.record({
  workloads: fc.dictionary(
    fc.constantFrom('web', 'api', 'job'),
    fc.nat(2).map((tag) => ({ image: `app:${tag}` })),
    { noNullPrototype: true },
  ),
  resources: fc
    .tuple(...uids.map((uid) => fc.option(resource(uid), { nil: undefined })))
    .map((list) => Object.fromEntries(list.flatMap((each, index) => (each ? [[uids[index] ?? '', each]] : [])))),
});

function deployAll(history: readonly World[]): EnvironmentState {
  return history.reduce((state, world) => {
    const request = makeRequest(world, state, { command: commandFor(state) });
    const { value } = buildPlan(request);
    return value ? carryOut(value, request) : state;
  }, emptyState);
}

function commandFor(state: EnvironmentState): BuildPlanRequest['command'] {
  return { workloads: [], remove: Object.keys(state.workloads), isWhole: true, deleteResources: [], rebind: [] };
}

test('planning the state after an apply changes nothing, whatever was deployed before', () => {
  fc.assert(
    fc.property(fc.array(worlds, { maxLength: 3 }), worlds, (history, world) => {
      const request = makeRequest(world, deployAll(history), { command: commandFor(deployAll(history)) });
      const { value } = buildPlan(request);
      if (!value) return;
      const again = buildPlan(makeRequest(world, carryOut(value, request), { command: { ...request.command, remove: [] } }));
      expect(again.value?.changes.filter(isEffective) ?? again.diagnostics.filter(({ code }) => code !== 'T4001')).toEqual([]);
    }),
  );
});

test('a plan does not depend on the order in which things are handed in', () => {
  fc.assert(
    fc.property(worlds, worlds, (before, world) => {
      const state = deployAll([before]);
      const request = makeRequest(world, state, { command: commandFor(state) });
      const turned: BuildPlanRequest = {
        ...request,
        state: { ...state, objects: reverse(state.objects), resources: reverse(state.resources), workloads: reverse(state.workloads) },
        desired: {
          objects: request.desired.objects.toReversed(),
          resources: reverse(mapObjects(request.desired.resources)),
          workloads: reverse(mapObjects(request.desired.workloads)),
        },
      };
      expect(buildPlan(turned)).toEqual(buildPlan(request));
    }),
  );
});

test('everything that was and everything that shall be is in the plan exactly once', () => {
  fc.assert(
    fc.property(worlds, worlds, (before, world) => {
      const state = deployAll([before]);
      const { value } = buildPlan(makeRequest(world, state, { command: commandFor(state) }));
      if (!value) return;
      const names = value.changes.map(({ subject }) => nameSubject(subject));
      expect(new Set(names).size).toBe(names.length);
      for (const key of Object.keys(state.objects)) expect(names).toContain(`object ${key}`);
      for (const name of Object.keys(world.workloads)) expect(names).toContain(`workload ${name}`);
      expect(comparePlans(value, structuredClone(value))).toEqual([]);
      expect(planToText(value).length).toBeGreaterThan(0);
    }),
  );
});

function reverse<T extends object>(record: T): T {
  return Object.assign(Object.create(Object.prototype), Object.fromEntries(Object.entries(record).toReversed()));
}

function mapObjects<T extends { readonly objects: readonly RenderedObject[] }>(
  record: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([name, desire]) => [name, { ...desire, objects: desire.objects.toReversed() }]));
}

test('claims and stateful resources never go without being named', () => {
  fc.assert(
    fc.property(worlds, worlds, (before, world) => {
      const state = deployAll([before]);
      const { value } = buildPlan(makeRequest(world, state, { command: commandFor(state) }));
      const gone = (value?.changes ?? []).filter(({ action }) => action === 'delete').map(({ subject }) => nameSubject(subject));
      expect(gone.filter((name) => name.includes('PersistentVolumeClaim') || name.startsWith('resource postgres'))).toEqual([]);
    }),
  );
});

test('what is remembered from earlier plans never changes a plan', () => {
  fc.assert(
    fc.property(worlds, fc.array(worlds, { minLength: 2, maxLength: 5 }), (before, sequence) => {
      const state = deployAll([before]);
      for (const world of [...sequence, ...sequence.toReversed()]) {
        const request = makeRequest(world, state, { command: commandFor(state) });
        expect(buildPlan(request)).toEqual(buildPlan(structuredClone(request)));
      }
    }),
  );
});
