import { measureProcess, printTable, spreadOf, type Numbers } from './measure.ts';

const runCount = 5;

/** 30,000 renderings of a provisioner's template of 30 lines and 15 actions; 15,000 a second is the target. */
export async function benchTemplates(): Promise<void> {
  const runs: Numbers[] = [];
  for (let run = 0; run < runCount; run++) runs.push(await measureProcess('./children/render-templates.ts', []));
  const floor = spreadOf(runs, 'floor');
  printTable(`Rendering a Go template 30,000 times, ${runCount} runs`, [
    { name: 'floor: a function written by hand makes the same text', unit: 'ms', ...floor },
    { name: 'rendering, in a process that has just begun', unit: 'ms', ...spreadOf(runs, 'first'), target: 2000, floor: floor.median },
    { name: 'rendering again', unit: 'ms', ...spreadOf(runs, 'warm'), floor: floor.median },
  ]);
}
