import { unreachable } from '../../../../core/index.ts';
import { enter, leave, spend, type Run } from '../run/run.ts';
import { floatOf, structOf, type GoValue } from './incoming.ts';
import { entriesOf, isNil, itemsOf, type GoObject, type MapSource, type Val } from './value.ts';

/** Makes plain data of a value, for a function of the caller. */
export function toPlain(value: Val, run: Run): GoValue {
  if (isNil(value)) return null;
  if (typeof value !== 'object') return value;
  spend(run, 1);
  enter(run);
  const plain = plainObject(value, run);
  leave(run);
  return plain;
}

function plainObject(value: GoObject, run: Run): GoValue {
  switch (value.kind) {
    case 'integer':
      return Number(value.value);
    case 'float':
      return Number.isInteger(value.value) ? floatOf(value.value) : value.value;
    case 'list':
      return itemsOf(value).map((item) => toPlain(item, run));
    case 'map':
      return Object.fromEntries(entriesOf(value).map(([key, each]) => [key, toPlain(each, run)]));
    case 'struct':
      return structOf(value.name, plainFields(value.fields, run));
    case 'time':
      return value.seconds;
    case 'version':
      return value.original;
    default:
      return unreachable(value);
  }
}

function plainFields({ keys, get }: MapSource, run: Run): Readonly<Record<string, GoValue>> {
  return Object.fromEntries(keys().map((key) => [key, toPlain(get(key), run)]));
}
