import type { Val } from '../values/value.ts';
import type { Run } from './run.ts';

/** What an expression has become: gives its value. */
export type Evaluate = (run: Run, dot: Val, variables: Val[]) => Val;

/** What an action has become: writes, and says whether a loop is to be left or gone on with. */
export type Execute = (run: Run, dot: Val, variables: Val[]) => Signal;

export type Signal = 'done' | 'break' | 'continue';
