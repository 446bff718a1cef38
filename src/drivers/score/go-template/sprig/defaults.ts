import { takes, takesAtLeast, type FunctionTable } from '../run/args.ts';
import { isTrue } from '../values/types.ts';
import type { Val } from '../values/value.ts';

/** Functions that tell what is empty from what is not. */
export const defaultFunctions: FunctionTable = {
  default: takesAtLeast(1, ([fallback, ...given]) => (isTrue(given[0]) ? given[0] : fallback)),
  empty: takes(1, ([value]) => !isTrue(value)),
  coalesce: takesAtLeast(0, (args): Val => args.find(isTrue) ?? null),
  all: takesAtLeast(0, (args) => args.every(isTrue)),
  any: takesAtLeast(0, (args) => args.some(isTrue)),
};
