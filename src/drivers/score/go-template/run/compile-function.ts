import { failTemplate } from '../fault.ts';
import { findFunction } from '../functions.ts';
import { isTrue } from '../values/types.ts';
import type { Val } from '../values/value.ts';
import type { FunctionEntry } from './args.ts';
import { callForeign } from './call-foreign.ts';
import type { Evaluate } from './evaluate.ts';
import { spend, type Run } from './run.ts';

interface Given {
  readonly args: readonly Evaluate[];
  /** Gives the last argument, where the call is piped into. */
  readonly before: Evaluate | undefined;
}

interface Named {
  readonly at: number;
  readonly name: string;
}

/** Makes a function of a call: arguments first, then what is piped in. */
export function compileFunction({ at, name }: Named, { args, before }: Given): Evaluate {
  const entry = findFunction(name);
  if (entry && (name === 'and' || name === 'or')) return compileLogic({ at, name }, { args, before });
  const given = before ? [...args, before] : args;
  if (entry && (given.length < entry.min || given.length > entry.max)) return wrongCount({ at, name }, entry, given.length);
  const call = entry ? entry.call : (values: readonly Val[], run: Run) => callForeign(name, values, run);
  // What is piped in has been worked out before the arguments.
  if (before) return callPiped({ at, name, call }, args, before);
  return callPlain({ at, name, call }, args);
}

interface Callee extends Named {
  readonly call: (values: readonly Val[], run: Run) => Val;
}

function callPlain({ at, name, call }: Callee, args: readonly Evaluate[]): Evaluate {
  return (run, dot, variables) => {
    const values: Val[] = [];
    for (const arg of args) values.push(arg(run, dot, variables));
    begin({ at, name }, values, run);
    return call(values, run);
  };
}

function callPiped({ at, name, call }: Callee, args: readonly Evaluate[], before: Evaluate): Evaluate {
  return (run, dot, variables) => {
    const last = before(run, dot, variables);
    const values: Val[] = [];
    for (const arg of args) values.push(arg(run, dot, variables));
    values.push(last);
    begin({ at, name }, values, run);
    return call(values, run);
  };
}

/** Long texts cost steps, so that work on them is counted too. */
const freeLength = 64;

function begin({ at, name }: Named, values: readonly Val[], run: Run): void {
  run.at = at;
  run.near = name;
  let cost = 1 + values.length;
  for (const value of values) if (typeof value === 'string' && value.length > freeLength) cost += value.length / freeLength;
  spend(run, cost);
}

function wrongCount({ at, name }: Named, { min, max }: FunctionEntry, got: number): Evaluate {
  const want = min === max ? String(min) : max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
  return (run) => {
    run.at = at;
    run.near = name;
    return failTemplate(`wrong number of args for ${name}: want ${want} got ${got}`);
  };
}

/** `and` and `or` work out no more arguments than they need. */
function compileLogic({ at, name }: Named, { args, before }: Given): Evaluate {
  if (args.length === 0 && !before) return wrongCount({ at, name }, { min: 1, max: Number.POSITIVE_INFINITY, call: () => undefined }, 0);
  const isDecisive = name === 'or';
  return (run, dot, variables) => {
    spend(run, 1 + args.length);
    const last = before?.(run, dot, variables);
    let value: Val;
    for (const arg of args) {
      value = arg(run, dot, variables);
      if (isTrue(value) === isDecisive) return value;
    }
    return before ? last : value;
  };
}
