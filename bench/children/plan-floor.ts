// The floor of planning: parse the same Score files with `yaml`, nothing else.
import { parse } from 'yaml';
import { writeFleet } from '../fleet.ts';
import { clock, printNumbers } from '../measure.ts';

const fleet = writeFleet(Number(process.argv[2] ?? 10_000));
const parsed = await clock(() => fleet.map(({ text }): unknown => parse(text)));
printNumbers({ parse: parsed.ms, count: parsed.value.length });
