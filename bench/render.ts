import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFleet } from './fleet.ts';
import { measureProcess, printTable, spreadOf, type Numbers, type Row } from './measure.ts';

const workloadCount = 1000;
const runCount = 5;

/**
 * Rendering 1,000 workloads × 3 resources (postgres, redis, dns of the built-in platform), from Score files to manifest files.
 * Each run is a new process, and counts from its start: loading the code is part of it.
 */
export async function benchRender(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-bench-'));
  try {
    const from = join(folder, 'score');
    mkdirSync(from);
    for (const { file, text } of writeFleet(workloadCount)) writeFileSync(join(from, file), text);
    const runs: Numbers[] = [];
    const floors: Numbers[] = [];
    for (let run = 0; run < runCount; run++) {
      const to = join(folder, `manifests-${run}`);
      runs.push(await measureProcess('./children/render-files.ts', [from, to]));
      floors.push(await measureProcess('./children/render-floor.ts', [from, to, join(folder, `floor-${run}`)]));
    }
    report(runs, floors);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(runs: readonly Numbers[], floors: readonly Numbers[]): void {
  const floor = spreadOf(floors, 'floor');
  const part = (name: string, key: string): Row => ({ name, unit: 'ms', ...spreadOf(runs, key) });
  printTable(`Rendering ${workloadCount} workloads × 3 resources, cold, files to files, ${runCount} runs`, [
    { name: 'floor: yaml parses and prints the same, and writes', unit: 'ms', ...floor },
    { ...part('whole process', 'fromStart'), target: 2000, floor: floor.median },
    part('  of it reading the files', 'readFiles'),
    part('  of it parsing and checking Score', 'parse'),
    part('  of it rendering', 'render'),
    part('  of it printing', 'print'),
    part('  of it writing', 'write'),
    { name: 'largest memory', unit: 'MB', ...spreadOf(runs, 'megabytes') },
  ]);
}
