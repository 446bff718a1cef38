import type { Environment } from '@marcbachmann/cel-js';

/** What macros go through and `cel.bind` keeps is passed through this function, which counts. */
export const limited = 'withinBudget';

/** Entries that all macros of one evaluation may go through together, and the size of all that is bound. */
const stepsMax = 100_000;

/** Characters that count as one step. */
const charactersPerStep = 64;

/** What is left of the evaluation that is running; evaluations never overlap. */
let stepsLeft = stepsMax;

/** Each evaluation has the whole budget. */
export function beginBudget(): void {
  stepsLeft = stepsMax;
}

/**
 * Adds the function that counts.
 * Rule: a list is paid for before it is gone through, so that what is done never exceeds what was paid, even where an
 * error within a macro does not end it.
 */
export function registerBudget(environment: Environment): Environment {
  return environment.registerFunction(`${limited}(dyn): dyn`, (value: unknown) => {
    stepsLeft -= sizeOf(value);
    if (stepsLeft < 0) throw new Error(`it goes through more than ${stepsMax} entries, or binds too much text`);
    return value;
  });
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Math.ceil(value.length / charactersPerStep);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 1;
}
