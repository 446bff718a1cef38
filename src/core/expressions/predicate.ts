import type { Json, Value } from '../model/value.ts';
import { compile, describeFailure } from './cel.ts';
import { explainFailure } from './explain-failure.ts';
import { encoders } from './functions.ts';
import { listPaths } from './paths.ts';
import { fromCel, toCel } from './values.ts';

/** What a predicate says of a value; or why it can say nothing. */
export type Tested = { readonly holds: boolean } | { readonly problem: string };

/**
 * Says what is wrong with a predicate, an expression that is true or false of one value; nothing where nothing is.
 * Rule: it reads the one variable and no other name. What the value holds is not known, so whether it can be evaluated is not either.
 * Shape: the expression without `${}`; a part of a sentence.
 */
export function checkPredicate(text: string, variable: string): string | undefined {
  const compiled = compile(text);
  if ('problem' in compiled) return compiled.problem;
  const known = [variable, ...Object.keys(encoders), 'cel'];
  const other = listPaths(compiled.program.tree).find(({ root }) => !known.includes(root));
  return other && `"${other.root}" is not known here; it reads \`${variable}\``;
}

/**
 * Evaluates a predicate on a value.
 * Rule: within the limits of every expression; what cannot be evaluated (a field that is not there) neither holds nor does not.
 * Shape: never throws; a problem is a part of a sentence.
 */
export function testPredicate(text: string, variable: string, value: Json): Tested {
  const read = run(text, variable, value);
  if ('problem' in read) return read;
  return typeof read.result === 'boolean' ? { holds: read.result } : { problem: 'it is neither true nor false' };
}

/**
 * Reads something out of a value by an expression; what is looked for may not be there, and null counts as that.
 * Shape: as `testPredicate`.
 */
export function readByExpression(text: string, variable: string, value: Json): { readonly value: Value } | { readonly problem: string } {
  const read = run(text, variable, value);
  if ('problem' in read) return read;
  return read.result === null ? { problem: 'it is null' } : fromCel(read.result);
}

function run(text: string, variable: string, value: Json): { readonly result: unknown } | { readonly problem: string } {
  const wrong = checkPredicate(text, variable);
  const compiled = compile(text);
  if (wrong !== undefined || 'problem' in compiled) return { problem: wrong ?? 'it cannot be read' };
  const { program } = compiled;
  try {
    return { result: program.run({ ...encoders, [variable]: toCel(value) }) };
  } catch (error) {
    return { problem: explainFailure(describeFailure(error), listPaths(program.tree), { [variable]: value }) };
  }
}
