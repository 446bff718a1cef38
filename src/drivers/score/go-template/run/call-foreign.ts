import { wrapValue } from '../values/incoming.ts';
import { toPlain } from '../values/outgoing.ts';
import { failTemplate } from '../fault.ts';
import type { Val } from '../values/value.ts';
import { failCall } from './args.ts';
import type { Run } from './run.ts';

/** Calls a function of the caller. */
export function callForeign(name: string, values: readonly Val[], run: Run): Val {
  const { functions } = run.surroundings;
  const called = functions && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!called) failTemplate(`function "${name}" is not offered here`);
  const outcome = called(...values.map((value) => toPlain(value, run)));
  return 'problem' in outcome ? failCall(run, outcome.problem) : wrapValue(outcome.value, new Map());
}
