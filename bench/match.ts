import { measureProcess, printTable, spreadOf, type Numbers } from './measure.ts';

const runCount = 5;

/** Matching 100,000 needs against 1,000 definitions of 20 types; the index of the platform is built in the first pass. */
export async function benchMatch(): Promise<void> {
  const runs: Numbers[] = [];
  for (let run = 0; run < runCount; run++) runs.push(await measureProcess('./children/match-needs.ts', []));
  const floor = spreadOf(runs, 'floor');
  printTable(`Matching 100,000 needs against 1,000 definitions, ${runCount} runs`, [
    { name: 'floor: a Map that knows every answer', unit: 'ms', ...floor },
    { name: 'matching, with building the index', unit: 'ms', ...spreadOf(runs, 'match'), target: 1000, floor: floor.median },
    { name: 'matching again', unit: 'ms', ...spreadOf(runs, 'warm'), floor: floor.median },
  ]);
}
