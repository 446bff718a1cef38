import { unreachable } from '../../../../core/index.ts';
import { isNil, itemsOf, sizeOf, type ElementType, type GoList, type GoMap, type GoObject, type Val } from './value.ts';

const listTypes: Readonly<Record<ElementType, string>> = {
  any: '[]interface {}',
  string: '[]string',
  int: '[]int',
  list: '[][]interface {}',
};

/** The name of a value's type, as Go prints it. */
export function typeName(value: Val): string {
  if (isNil(value)) return '<nil>';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'int';
  return typeof value === 'string' ? 'string' : objectType(value);
}

function objectType(value: GoObject): string {
  switch (value.kind) {
    case 'integer':
      return value.type;
    case 'float':
      return 'float64';
    case 'list':
      return listTypes[value.element];
    case 'map':
      return value.element === 'any' ? 'map[string]interface {}' : 'map[string]string';
    case 'struct':
      return value.name;
    case 'time':
      return 'time.Time';
    case 'version':
      return '*semver.Version';
    default:
      return unreachable(value);
  }
}

/** The type as messages name it: what is nil has been an `interface {}`. */
export function shownType(value: Val): string {
  return isNil(value) ? 'interface {}' : typeName(value);
}

/** The kind of a value, as Go's reflection names it. */
export function kindName(value: Val): string {
  if (isNil(value)) return 'invalid';
  if (typeof value !== 'object') return typeName(value);
  switch (value.kind) {
    case 'list':
      return 'slice';
    case 'version':
      return 'ptr';
    case 'time':
      return 'struct';
    case 'integer':
    case 'float':
      return typeName(value);
    default:
      return value.kind;
  }
}

/** Says whether a value counts as true: not nil, zero or empty. */
export function isTrue(value: Val): boolean {
  if (isNil(value)) return false;
  if (typeof value !== 'object') return Boolean(value);
  switch (value.kind) {
    case 'integer':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'list':
      return itemsOf(value).length > 0;
    case 'map':
      return sizeOf(value) > 0;
    default:
      return true;
  }
}

export function isList(value: Val): value is GoList {
  return typeof value === 'object' && value !== null && value.kind === 'list';
}

export function isMap(value: Val): value is GoMap {
  return typeof value === 'object' && value !== null && value.kind === 'map';
}

/** The whole number that a value is, of whatever integer type. */
export function integerOf(value: Val): number | bigint | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null && value.kind === 'integer' ? value.value : undefined;
}
