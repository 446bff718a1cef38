import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFleet } from './fleet.ts';
import { measureProcess, printTable, spreadOf, type Numbers, type Row } from './measure.ts';

/** How many workloads, and how often; the larger the rarer. */
const sizes = [
  { workloads: 1000, runs: 5, target: 4000 },
  { workloads: 10_000, runs: 2, target: 40_000 },
] as const;

const platform = join(import.meta.dirname, 'platform');

/**
 * Rendering workloads × 3 resources (postgres, redis, dns) through a Score provisioner file that makes a StatefulSet, a Service and a Secret for
 * each of two of them; from Score files to manifest files, each run a new process. The floor parses and prints the same YAML.
 */
export async function benchProvisioners(): Promise<void> {
  for (const size of sizes) await benchSize(size);
}

async function benchSize({ workloads, runs, target }: (typeof sizes)[number]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  try {
    const from = join(folder, 'score');
    mkdirSync(from);
    for (const { file, text } of writeFleet(workloads)) writeFileSync(join(from, file), text);
    const measured: Numbers[] = [];
    const floors: Numbers[] = [];
    for (let run = 0; run < runs; run++) {
      const to = join(folder, `manifests-${run}`);
      measured.push(await measureProcess('./children/render-files.ts', [from, to, platform]));
      floors.push(await measureProcess('./children/render-floor.ts', [from, to, join(folder, `floor-${run}`)]));
    }
    const floor = spreadOf(floors, 'floor');
    const part = (name: string, key: string): Row => ({ name, unit: 'ms', ...spreadOf(measured, key) });
    printTable(`${workloads} workloads × 3 resources through a Score provisioner file, cold, files to files, ${runs} runs`, [
      { name: 'floor: yaml parses and prints the same, and writes', unit: 'ms', ...floor },
      { ...part('whole process', 'fromStart'), target, floor: floor.median },
      part('  of it rendering', 'render'),
      part('  of it printing', 'print'),
      { name: 'largest memory', unit: 'MB', ...spreadOf(measured, 'megabytes') },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
