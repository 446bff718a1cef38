import { failCall } from '../run/args.ts';
import type { Run } from '../run/run.ts';
import { shownType } from '../values/types.ts';
import { compareBytes, isNil, type Val } from '../values/value.ts';

type Basic =
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string };

/** What can be compared; all integer types are one. */
function basicOf(value: Val): Basic | undefined {
  switch (typeof value) {
    case 'number':
      return { kind: 'integer', value };
    case 'string':
      return { kind: 'string', value };
    case 'boolean':
      return { kind: 'bool', value };
    default:
  }
  if (isNil(value) || typeof value !== 'object') return undefined;
  if (value.kind === 'integer') return { kind: 'integer', value: value.value };
  return value.kind === 'float' ? { kind: 'float', value: value.value } : undefined;
}

/** `eq`: says whether the first is equal to one of the others. */
export function isEqualToAny(args: readonly Val[], run: Run): boolean {
  const [first, ...others] = args;
  return others.some((other) => isEqual(first, other, run));
}

/** Values of different types cannot be compared, except with nil. */
function isEqual(left: Val, right: Val, run: Run): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left === right;
  const one = basicOf(left);
  const other = basicOf(right);
  if (one && other && one.kind === other.kind) return isSame(one.value, other.value);
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  if (one || other) return failCall(run, `incompatible types for comparison: ${shownType(left)} and ${shownType(right)}`);
  return failCall(run, `non-comparable type ${shownType(left)}`);
}

function isSame(left: Basic['value'], right: Basic['value']): boolean {
  return typeof left === 'bigint' || typeof right === 'bigint' ? BigInt(left) === BigInt(right) : left === right;
}

/** Orders two numbers of the same kind or two texts. */
export function compareOrdered(left: Val, right: Val, run: Run): number {
  const one = basicOf(left);
  const other = basicOf(right);
  if (!one || !other) return failCall(run, 'invalid type for comparison');
  if (one.kind !== other.kind) return failCall(run, `incompatible types for comparison: ${shownType(left)} and ${shownType(right)}`);
  if (one.kind === 'bool') return failCall(run, 'invalid type for comparison');
  if (typeof one.value === 'string' && typeof other.value === 'string') return compareBytes(one.value, other.value);
  if (one.value === other.value) return 0;
  return one.value < other.value ? -1 : one.value > other.value ? 1 : Number.NaN;
}
