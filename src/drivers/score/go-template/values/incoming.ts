import { makeFloat, type GoList, type GoMap, type MapSource, type Val } from './value.ts';

/** Data that a template is given: JSON, and what `structOf` and `floatOf` mark. A whole number is an int, another one a float64. */
export type GoValue = null | boolean | number | string | readonly GoValue[] | MarkedStruct | MarkedFloat | GoRecord;

export interface GoRecord {
  readonly [key: string]: GoValue;
}

// Symbols, so that no key of a user's data can pretend to be a mark.
const structMark: unique symbol = Symbol('struct');
const floatMark: unique symbol = Symbol('float');

interface MarkedStruct {
  readonly [structMark]: { readonly name: string; readonly fields: Readonly<Record<string, GoValue>> };
}

interface MarkedFloat {
  readonly [floatMark]: number;
}

/** Marks data as a Go struct: naming a field that it has not is an error, not `<no value>`. */
export function structOf(name: string, fields: Readonly<Record<string, GoValue>>): GoValue {
  return { [structMark]: { name, fields } };
}

/** Marks a number as a float64 though it is whole. */
export function floatOf(value: number): GoValue {
  return { [floatMark]: value };
}

/** What has been wrapped in one run: the same data is the same map, so that a change is seen everywhere. */
export type Views = Map<object, Val>;

/** Makes a value of data that came in. Lists and maps are wrapped when they are looked into, so that unused data costs nothing. */
export function wrapValue(value: GoValue | undefined, views: Views): Val {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : makeFloat(value);
  if (typeof value !== 'object' || value === null) return value;
  const known = views.get(value);
  if (known !== undefined) return known;
  const wrapped = wrapObject(value, views);
  views.set(value, wrapped);
  return wrapped;
}

function wrapObject(value: readonly GoValue[] | MarkedStruct | MarkedFloat | GoRecord, views: Views): Val {
  if (isList(value)) return wrapList(value, views);
  if (isMarkedStruct(value)) {
    const { name, fields } = value[structMark];
    return { kind: 'struct', name, fields: readFrom(fields, views) };
  }
  if (isMarkedFloat(value)) return makeFloat(value[floatMark]);
  return wrapRecord(value, views);
}

function wrapList(list: readonly GoValue[], views: Views): GoList {
  return { kind: 'list', element: 'any', isNil: false, items: undefined, source: () => list.map((each) => wrapValue(each, views)) };
}

function wrapRecord(record: GoRecord, views: Views): GoMap {
  return { kind: 'map', element: 'any', own: undefined, source: readFrom(record, views) };
}

function readFrom(record: GoRecord, views: Views): MapSource {
  let keys: readonly string[] | undefined;
  return {
    get: (key) => (Object.hasOwn(record, key) ? wrapValue(record[key], views) : undefined),
    keys: () => (keys ??= Object.keys(record)),
  };
}

function isList(value: object): value is readonly GoValue[] {
  return Array.isArray(value);
}

function isMarkedStruct(value: object): value is MarkedStruct {
  return structMark in value;
}

function isMarkedFloat(value: object): value is MarkedFloat {
  return floatMark in value;
}
