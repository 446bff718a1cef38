// Plans one environment: cold, once more when nothing changes, then with one workload changed, again and again in the same process.
// The state, the values and what the target sees are handed in as the same objects each time: reading them from a store is not in it.
import {
  builtinPlatform,
  emptyState,
  readScore,
  type DeclaredWorkload,
  type EnvironmentState,
  type ObjectState,
  type TargetObservation,
} from '../../src/core/index.ts';
import { openSeedBook, prepare, type PreparationMemory, type Prepared, type PrepareInputs } from '../../src/engine/index.ts';
import { writeFleet, writeWorkload } from '../fleet.ts';
import { clock, printNumbers } from '../measure.ts';
import { drivers, seeds, targets } from '../parts.ts';

const count = Number(process.argv[2] ?? 10_000);
const warmRunCount = 7;

const platform = builtinPlatform();
const seedBook = openSeedBook({ kept: [], identity: ['bench', 'bench'], ...seeds });
const memory: PreparationMemory = {};
let observation: TargetObservation = { objects: {}, foreign: [] };
const directory = await targets.directory();
const dependencies = {
  drivers,
  targets: { directory: async () => ({ ...directory, observe: async () => ({ value: observation, diagnostics: [] }) }) },
  patcher: () => Promise.reject(new Error('there are no patch templates')),
  baseDir: '.',
};

const read = await clock(() => readScore(writeFleet(count)));
const workloads = read.value.value ?? [];
const cold = await clock(() => plan(emptyState, workloads));
const state = deploy(cold.value);
observation = observe(state);
const settled = await clock(() => plan(state, []));
const changes = settled.value.plan.changes.filter((change) => change.action !== 'unchanged');
if (changes.length > 0) throw new Error(`the second plan is not empty: ${JSON.stringify(changes.slice(0, 2)).slice(0, 2000)}`);

const warm: number[] = [];
for (let run = 0; run < warmRunCount; run++) warm.push(await replan(run));
const sorted = warm.toSorted((left, right) => left - right);

printNumbers({
  read: read.ms,
  cold: cold.ms,
  settled: settled.ms,
  warmMin: sorted[0] ?? 0,
  warm: sorted[Math.floor(warmRunCount / 2)] ?? 0,
  warmMax: sorted.at(-1) ?? 0,
  nodes: settled.value.graph.order.length,
  objects: Object.keys(state.objects).length,
  megabytes: process.resourceUsage().maxRSS / 1024,
});

/** Another workload each time, so that one changes and the one before is as it was. */
async function replan(run: number): Promise<number> {
  const name = `w${run * 37}`;
  const [changed] = readScore([{ file: `${name}.yaml`, text: writeWorkload(name, `changed-${run}`) }]).value ?? [];
  if (!changed) throw new Error('the changed workload cannot be read');
  const { value, ms } = await clock(() => plan(state, [changed]));
  const touched = value.plan.changes.filter((change) => change.action !== 'unchanged');
  if (!touched.some(({ subject }) => subject.kind === 'workload' && subject.name === name)) throw new Error(`${name} does not change`);
  if (touched.length > 3) throw new Error(`more changes than ${name}: ${touched.length}`);
  return ms;
}

async function plan(from: EnvironmentState, changed: readonly DeclaredWorkload[]): Promise<Prepared> {
  const inputs: PrepareInputs = {
    environment: { project: 'bench', environment: 'bench', type: 'development', incarnation: 1, labels: {} },
    state: from,
    values: [],
    platform,
    release: 1,
    request: {
      kind: 'deploy',
      workloads: changed.map((declared) => ({ declared })),
      remove: [],
      isWhole: false,
      deleteResources: [],
      rebind: [],
      reason: 'bench',
    },
    requester: { name: 'bench' },
    seeds: seedBook,
    reveal: () => Promise.reject(new Error('nothing is revealed')),
    now: '2026-01-02T03:04:05.000Z',
    changed: { areValuesChanged: false, isReleaseChanged: false },
    signal: new AbortController().signal,
    memory,
  };
  const ref = { project: 'bench', environment: 'bench' };
  const stored = async () => ({ diagnostics: [] });
  const { value, diagnostics } = await prepare(dependencies, inputs, { ref, seeds: seedBook, stored });
  if (!value) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  return value;
}

/** The state after everything was carried out as planned. */
function deploy({ bound, workloads: desired, graph, nodes, loose, resources }: Prepared): EnvironmentState {
  const rendered = [...loose, ...[...nodes.values()].flatMap((node) => node.objects)];
  const profiles = new Map(
    Object.values(graph.nodes).flatMap((node) => (node.kind === 'workload' ? [[node.workload, node] as const] : [])),
  );
  return {
    revision: 1,
    target: bound.binding,
    workloads: Object.fromEntries(
      desired.map(({ declared }) => {
        const node = profiles.get(declared.name);
        const { name } = declared;
        return [name, { name, declared, profile: node?.match.name ?? '', status: 'ready', dependsOn: node?.dependsOn ?? [] }];
      }),
    ),
    resources,
    objects: Object.fromEntries(rendered.map(({ key, node, hash, body }) => [key, { key, node, hash, body } satisfies ObjectState])),
  };
}

function observe({ objects }: EnvironmentState): TargetObservation {
  const seen = Object.values(objects).map(({ key }) => [key, { key, isAsDeployed: true, health: 'not-observed' as const }] as const);
  return { objects: Object.fromEntries(seen), foreign: [] };
}
