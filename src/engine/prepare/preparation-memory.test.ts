import { expect, it } from 'vitest';
import { builtinPlatform, emptyState, readScore, type DeclaredWorkload, type EnvironmentValue, type Platform } from '../../core/index.ts';
import { staticDriver } from '../../drivers/static/index.ts';
import { templateDriver } from '../../drivers/template/index.ts';
import { directoryTarget } from '../../targets/directory/index.ts';
import { openSeedBook } from '../seeds.ts';
import type { PreparationMemory } from './preparation-memory.ts';
import { prepare } from './prepare.ts';
import type { PrepareDependencies, PrepareInputs } from './prepared.ts';

const platform = builtinPlatform();
const seeds = openSeedBook({ kept: [], identity: ['p', 'e'], newSeed: () => '00'.repeat(32), hash: (text) => `hash of ${text.length}` });
const target = { ...directoryTarget, observe: async () => ({ value: { objects: {}, foreign: [] }, diagnostics: [] }) };

const dependencies: PrepareDependencies = {
  drivers: { template: async () => templateDriver, static: async () => staticDriver },
  targets: { directory: async () => target },
  patcher: () => Promise.reject(new Error('there are no patch templates')),
  baseDir: '.',
};

interface Case {
  readonly workloads: readonly DeclaredWorkload[];
  readonly values?: readonly EnvironmentValue[];
  readonly memory?: PreparationMemory;
  /** Instead of what comes with tutti. */
  readonly other?: Platform;
}

async function prepareCase({ workloads, values = [], memory, other }: Case) {
  const inputs: PrepareInputs = {
    environment: { project: 'p', environment: 'e', type: 'development', incarnation: 1, labels: {} },
    state: emptyState,
    values,
    platform: other ?? platform,
    release: 1,
    request: {
      kind: 'deploy',
      workloads: workloads.map((declared) => ({ declared })),
      remove: [],
      isWhole: true,
      deleteResources: [],
      rebind: [],
      reason: 'a test',
    },
    requester: { name: 'ann' },
    seeds,
    reveal: () => Promise.reject(new Error('nothing is revealed')),
    now: '2026-01-02T03:04:05.000Z',
    changed: { areValuesChanged: false, isReleaseChanged: false },
    signal: new AbortController().signal,
    ...(memory && { memory }),
  };
  const stored = async () => ({ diagnostics: [] });
  const prepared = await prepare(dependencies, inputs, { ref: { project: 'p', environment: 'e' }, seeds, stored });
  const { value, diagnostics } = prepared;
  return { diagnostics, plan: value?.plan, resources: value?.resources, nodes: value && [...value.nodes], graph: value?.graph };
}

interface Parts {
  readonly image?: string;
  readonly port?: number;
  readonly targetPort?: number;
  readonly team?: string;
  readonly needs?: string;
}

function declare(name: string, { image = 'one', port = 80, targetPort = port, team = 'a', needs = '' }: Parts = {}): DeclaredWorkload {
  const text = `apiVersion: score.dev/v1b1
metadata: {name: ${name}, team: ${team}}
service:
  ports:
    http: {port: ${port}, targetPort: ${targetPort}}
containers:
  main:
    image: ${image}
    variables: {DB: "\${resources.db.host}", LOG: "\${resources.env.LOG}"}
resources:
  db: {type: postgres}
  env: {type: environment}
  dns: {type: dns}
${needs}`;
  const { value, diagnostics } = readScore([{ file: `${name}.yaml`, text }]);
  const [declared] = value ?? [];
  if (!declared) throw new Error(diagnostics[0]?.detail);
  return declared;
}

const log = (value: string): readonly EnvironmentValue[] => [{ key: 'LOG', value, version: 1, changedAt: '', changedBy: '' }];
const [api, web] = [declare('api'), declare('web')];
const before: Case = { workloads: [api, web], values: log('info') };

const cases: readonly (readonly [string, Case])[] = [
  ['nothing', before],
  ['an image', { ...before, workloads: [declare('api', { image: 'two' }), web] }],
  ['a port', { ...before, workloads: [declare('api', { port: 81 }), web] }],
  ['metadata', { ...before, workloads: [declare('api', { team: 'b' }), web] }],
  ['needs', { ...before, workloads: [declare('api', { needs: '  cache: {type: redis}' }), web] }],
  ['a value', { ...before, values: log('debug') }],
  ['a workload that is gone', { ...before, workloads: [web] }],
  ['a workload that is new', { ...before, workloads: [...before.workloads, declare('zoo')] }],
  ['a need that nothing answers', { ...before, workloads: [declare('api', { needs: '  other: {type: no-such-type}' }), web] }],
];

it.each(cases)('gives the same with a memory as without one when it changes: %s', async (_, now) => {
  const memory: PreparationMemory = {};
  await prepareCase({ ...before, memory });
  const fresh = await prepareCase(now);
  expect(await prepareCase({ ...now, memory })).toEqual(fresh);
  expect(await prepareCase({ ...before, memory })).toEqual(await prepareCase(before));
});

it('gives back the same objects for what has not changed', async () => {
  const memory: PreparationMemory = {};
  const first = await prepareCase({ ...before, memory });
  const second = await prepareCase({ ...before, workloads: [declare('api', { image: 'two' }), web], memory });
  const kept = new Map(first.nodes);
  const made = (second.nodes ?? []).filter(([uid, node]) => kept.get(uid) !== node).map(([uid]) => uid);
  expect(made).toEqual(['workload.default#api']);
  expect(second.graph).toBe(first.graph);
});

it('shows resources other ports of the container once the workload says so', async () => {
  const outputs = { port: '${locals.targetPort}' };
  const definitions = platform.definitions.map((each) =>
    each.name === 'builtin-route' ? { ...each, inputs: { ...each.inputs, outputs } } : each,
  );
  const other = { ...platform, definitions };
  const needs = '  way: {type: route, params: {host: shop.example, port: http}}';
  const memory: PreparationMemory = {};
  const findPorts = async (targetPort: number) => {
    const { nodes } = await prepareCase({ workloads: [declare('api', { targetPort, needs })], values: log('info'), other, memory });
    return nodes?.flatMap(([uid, node]) => (uid.startsWith('route.') ? [node.outputs['port']] : []));
  };
  expect(await findPorts(8080)).toEqual([8080]);
  expect(await findPorts(8081)).toEqual([8081]);
});

it('lets timers have their turn in the middle of many workloads: heartbeats must not wait for it', async () => {
  const workloads = Array.from({ length: 500 }, (_, index) => declare(`w${index}`));
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);
  await prepareCase({ workloads });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
});
