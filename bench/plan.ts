import { measureProcess, printTable, spreadOf, type Numbers, type Row } from './measure.ts';

const workloadCount = 10_000;
const runCount = 3;

/**
 * Planning one environment of 10,000 workloads × 3 needs = 40,000 nodes, each run in a new process.
 * Cold: graph, resolving, rendering and the plan of a new environment; reading Score is a row of its own.
 * Warm: the same process plans a deployment of one changed workload; its state is in memory.
 */
export async function benchPlan(): Promise<void> {
  const runs: Numbers[] = [];
  const floors: Numbers[] = [];
  for (let run = 0; run < runCount; run++) {
    runs.push(await measureProcess('./children/plan-environment.ts', [String(workloadCount)]));
    floors.push(await measureProcess('./children/plan-floor.ts', [String(workloadCount)]));
  }
  const withReading = runs.map((numbers) => ({ both: (numbers['read'] ?? 0) + (numbers['cold'] ?? 0) }));
  const floor = spreadOf(floors, 'parse');
  const part = (name: string, key: string): Row => ({ name, unit: 'ms', ...spreadOf(runs, key) });
  printTable(`Planning ${workloadCount} workloads × 3 needs in one environment, ${runCount} runs`, [
    { name: 'floor: yaml parses the same Score files', unit: 'ms', ...floor },
    part('reading Score', 'read'),
    { ...part('cold, reading not counted', 'cold'), target: 10_000, floor: floor.median },
    { name: 'cold, with reading', unit: 'ms', ...spreadOf(withReading, 'both'), target: 10_000, floor: floor.median },
    part('once more, nothing changed', 'settled'),
    { ...part('warm, one workload changed: fastest', 'warmMin') },
    { ...part('warm, one workload changed: median', 'warm'), target: 150, floor: floor.median },
    { ...part('warm, one workload changed: slowest', 'warmMax') },
    { name: 'largest memory', unit: 'MB', ...spreadOf(runs, 'megabytes'), target: 1024 },
  ]);
}
