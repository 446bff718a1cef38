import { readFloat, readInteger } from '../syntax/read-literal.ts';
import { isNil, type Val } from './value.ts';

const endOfZeros = /^([+-]?[0-9]*)\.0*$/;

/** A value as a whole number, however far it can be understood as one: 0 where it cannot. */
export function toInteger(value: Val): bigint {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'string') return textToInteger(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (isNil(value)) return 0n;
  if (value.kind === 'integer') return value.value;
  return value.kind === 'float' ? truncate(value.value) : 0n;
}

function textToInteger(text: string): bigint {
  const integer = readInteger(text.replace(endOfZeros, '$1')) ?? 0n;
  return integer === BigInt.asIntN(64, integer) ? integer : 0n;
}

const smallest = -(2n ** 63n);

/** What does not fit becomes the smallest number, as on the machines that Go runs on. */
function truncate(value: number): bigint {
  if (!Number.isFinite(value)) return smallest;
  const whole = BigInt(Math.trunc(value));
  return whole === BigInt.asIntN(64, whole) ? whole : smallest;
}

/** A value as a number with a fraction: 0 where it cannot be understood as one. */
export function toNumber(value: Val): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return textToNumber(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isNil(value)) return 0;
  if (value.kind === 'integer') return Number(value.value);
  return value.kind === 'float' ? value.value : 0;
}

const namedNumbers: Readonly<Record<string, number>> = {
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '+infinity': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
};

function textToNumber(text: string): number {
  const name = text.toLowerCase();
  return Object.hasOwn(namedNumbers, name) ? (namedNumbers[name] ?? 0) : (readFloat(text) ?? 0);
}
