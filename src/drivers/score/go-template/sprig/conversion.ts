import { takes, textAt, type FunctionTable } from '../run/args.ts';
import { toInteger, toNumber } from '../values/convert.ts';
import { makeFloat, makeInt64, makeInteger, type Val } from '../values/value.ts';
import { textOf } from './text.ts';

/** Functions that make one type of another. */
export const conversionFunctions: FunctionTable = {
  atoi: takes(1, (args) => readDigits(textAt(args, 0))),
  int: takes(1, ([value]) => makeInteger('int', toInteger(value))),
  int64: takes(1, ([value]) => makeInt64(toInteger(value))),
  float64: takes(1, ([value]) => makeFloat(toNumber(value))),
  toString: takes(1, ([value], run) => textOf(value, run)),
  toDecimal: takes(1, ([value], run) => readOctal(textOf(value, run))),
};

const largest = 2n ** 63n;

/** Decimal digits only: a leading zero means nothing. */
function readDigits(text: string): Val {
  if (!/^[+-]?[0-9]+$/.test(text) || text.length > 400) return 0;
  const value = BigInt(text.replace(/^\+/, ''));
  if (value >= largest) return makeInteger('int', largest - 1n);
  return makeInteger('int', value < -largest ? -largest : value);
}

/** Digits of a number in base 8, such as the mode of a file. */
function readOctal(text: string): Val {
  const match = /^([+-]?)([0-7]{1,30})$/.exec(text);
  if (!match) return makeInt64(0);
  const value = BigInt(`0o${match[2] ?? '0'}`) * (match[1] === '-' ? -1n : 1n);
  return makeInt64(value === BigInt.asIntN(64, value) ? value : 0n);
}
