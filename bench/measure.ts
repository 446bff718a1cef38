import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Named milliseconds (or megabytes), as one run measured them. */
export type Numbers = Readonly<Record<string, number>>;

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface Row extends Spread {
  readonly name: string;
  readonly unit: 'ms' | 'MB';
  /** The most that the median may be. */
  readonly target?: number;
  /** What the row is set against: the median of a floor of the same runs. */
  readonly floor?: number;
}

const run = promisify(execFile);

const compileCache = mkdtempSync(join(tmpdir(), 'tutti-bench-code-'));
process.on('exit', () => rmSync(compileCache, { recursive: true, force: true }));

/**
 * Runs a measurement in a process of its own; it prints its numbers as JSON on its last line.
 * Compiled code is kept between processes, as the command line keeps it; the first one has none.
 */
export async function measureProcess(script: string, parameters: readonly string[]): Promise<Numbers> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const start = performance.now();
  const { stdout } = await run(process.execPath, [path, ...parameters], {
    maxBuffer: 1 << 26,
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
  const whole = performance.now() - start;
  const printed: Numbers = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
  return { ...printed, whole };
}

/** Smallest, middle and largest of what several runs measured under one name. */
export function spreadOf(runs: readonly Numbers[], name: string): Spread {
  const sorted = runs.flatMap((numbers) => numbers[name] ?? []).toSorted((left, right) => left - right);
  return { min: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0, max: sorted.at(-1) ?? 0 };
}

/** The time that something takes, beside what it gives. */
export async function clock<T>(work: () => T | Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

export function printNumbers(numbers: Numbers): void {
  console.log(JSON.stringify(numbers));
}

/** One line a measurement: the spread, the ratio to the floor, the target and whether it is met. */
export function printTable(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  const head = ['', 'min', 'median', 'max', '× floor', 'target', ''];
  const lines = rows.map((row) => [row.name, show(row.min), show(row.median), `${show(row.max)} ${row.unit}`, ratio(row), ...verdict(row)]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)));
  for (const line of [head, ...lines])
    console.log(`  ${line.map((cell, column) => align(cell, widths[column] ?? 0, column)).join('  ')}`.trimEnd());
}

function align(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function ratio({ median, floor }: Row): string {
  return floor === undefined || floor === 0 ? '' : (median / floor).toFixed(1);
}

function verdict({ median, target }: Row): readonly string[] {
  if (target === undefined) return ['', ''];
  return [`≤ ${target}`, median <= target ? 'met' : 'MISSED'];
}

function show(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
