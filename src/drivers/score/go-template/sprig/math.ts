import { failCall, floatAt, intAt, takes, takesAtLeast, type FunctionEntry, type FunctionTable } from '../run/args.ts';
import { spend, type Run } from '../run/run.ts';
import { toInteger, toNumber } from '../values/convert.ts';
import { makeFloat, makeInt64, makeList, type GoList, type Val } from '../values/value.ts';
import { addDecimals, divideDecimals, fromDecimal, multiplyDecimals, subtractDecimals, toDecimal, type Decimal } from './decimal.ts';

/** Arithmetic. Whole numbers are int64 and wrap around, as in Go. */
export const mathFunctions: FunctionTable = {
  add: takesAtLeast(0, (args) => fold([0, ...args], (left, right) => left + right)),
  add1: takes(1, ([value]) => makeInt64(toInteger(value) + 1n)),
  sub: takes(2, (args) => fold(args, (left, right) => left - right)),
  mul: takesAtLeast(1, (args) => fold(args, (left, right) => left * right)),
  div: takes(2, (args, run) => fold(args, (left, right) => left / nonZero(right, run))),
  mod: takes(2, (args, run) => fold(args, (left, right) => left % nonZero(right, run))),
  max: largest(),
  biggest: largest(),
  min: takesAtLeast(1, (args) => fold(args, (left, right) => (right < left ? right : left))),
  addf: takesAtLeast(0, (args, run) => foldDecimals([0, ...args], addDecimals, run)),
  add1f: takes(1, ([value], run) => foldDecimals([value, 1], addDecimals, run)),
  subf: takesAtLeast(1, (args, run) => foldDecimals(args, subtractDecimals, run)),
  mulf: takesAtLeast(1, (args, run) => foldDecimals(args, multiplyDecimals, run)),
  divf: takesAtLeast(1, (args, run) => foldDecimals(args, (left, right) => divide(left, right, run), run)),
  maxf: takesAtLeast(1, (args) => makeFloat(Math.max(...args.map(toNumber)))),
  minf: takesAtLeast(1, (args) => makeFloat(Math.min(...args.map(toNumber)))),
  floor: takes(1, ([value]) => makeFloat(Math.floor(toNumber(value)))),
  ceil: takes(1, ([value]) => makeFloat(Math.ceil(toNumber(value)))),
  round: {
    min: 2,
    max: Number.POSITIVE_INFINITY,
    call: (args) => makeFloat(round(toNumber(args[0]), intAt(args, 1), args.length > 2 ? floatAt(args, 2) : 0.5)),
  },
  until: takes(1, (args, run) => listNumbers({ start: 0, stop: intAt(args, 0), step: intAt(args, 0) < 0 ? -1 : 1 }, run)),
  untilStep: takes(3, (args, run) => listNumbers({ start: intAt(args, 0), stop: intAt(args, 1), step: intAt(args, 2) }, run)),
  seq: takesAtLeast(0, (args, run) =>
    printSequence(
      args.map((_, index) => intAt(args, index)),
      run,
    ),
  ),
};

function largest(): FunctionEntry {
  return takesAtLeast(1, (args) => fold(args, (left, right) => (right > left ? right : left)));
}

function fold(args: readonly Val[], join: (left: bigint, right: bigint) => bigint): Val {
  const [first, ...rest] = args;
  let value = toInteger(first);
  for (const each of rest) value = BigInt.asIntN(64, join(value, toInteger(each)));
  return makeInt64(value);
}

function nonZero(divisor: bigint, run: Run): bigint {
  return divisor === 0n ? failCall(run, 'integer divide by zero') : divisor;
}

function foldDecimals(args: readonly Val[], join: (left: Decimal, right: Decimal) => Decimal, run: Run): Val {
  const [first, ...rest] = args.map((value) => readDecimal(value, run));
  let value = first ?? toDecimal(0);
  for (const each of rest) {
    spend(run, 1 + Math.abs(each.exponent) + Math.abs(value.exponent));
    value = join(value, each);
  }
  return makeFloat(fromDecimal(value));
}

function readDecimal(value: Val, run: Run): Decimal {
  const number = toNumber(value);
  return Number.isFinite(number) ? toDecimal(number) : failCall(run, `Cannot create a Decimal from ${number}`);
}

function divide(left: Decimal, right: Decimal, run: Run): Decimal {
  return right.coefficient === 0n ? failCall(run, 'decimal division by 0') : divideDecimals(left, right);
}

/** Rounds up from the given fraction on. */
function round(value: number, places: number, roundOn: number): number {
  const power = 10 ** places;
  const digit = power * value;
  const fraction = digit % 1;
  return (fraction >= roundOn ? Math.ceil(digit) : Math.floor(digit)) / power;
}

interface Steps {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

function listNumbers(steps: Steps, run: Run): GoList {
  return makeList(walk(steps, run), 'int');
}

/** From start towards stop, without it; nothing where the step leads away from it. */
function walk({ start, stop, step }: Steps, run: Run): readonly number[] {
  if (step === 0 || stop < start !== step < 0) return [];
  const count = Math.ceil((stop - start) / step);
  spend(run, count);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** As the shell's `seq`, with the end in it. */
function printSequence(params: readonly number[], run: Run): string {
  const steps = readSequence(params);
  return steps ? walk(steps, run).join(' ') : '';
}

function readSequence(params: readonly number[]): Steps | undefined {
  const [first = 0, second = 0, third = 0] = params;
  if (params.length === 1) return stepTo(1, first);
  if (params.length === 2) return stepTo(first, second);
  if (params.length !== 3 || (third < first && second > 0)) return undefined;
  return { start: first, stop: third + (third < first ? -1 : 1), step: second };
}

function stepTo(start: number, end: number): Steps {
  const step = end < start ? -1 : 1;
  return { start, stop: end + step, step };
}
