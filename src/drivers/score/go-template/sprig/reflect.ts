import { takes, textAt, type FunctionTable } from '../run/args.ts';
import { kindName, typeName } from '../values/types.ts';
import { isDeepEqual } from './deep-equal.ts';

/** Functions that ask what a value is. */
export const reflectFunctions: FunctionTable = {
  typeOf: takes(1, ([value]) => typeName(value)),
  typeIs: takes(2, (args) => textAt(args, 0) === typeName(args[1])),
  typeIsLike: takes(2, (args) => [typeName(args[1]), typeName(args[1]).replace(/^\*/, '')].includes(textAt(args, 0))),
  kindOf: takes(1, ([value]) => kindName(value)),
  kindIs: takes(2, (args) => textAt(args, 0) === kindName(args[1])),
  deepEqual: takes(2, ([left, right], run) => isDeepEqual(left, right, run)),
};
