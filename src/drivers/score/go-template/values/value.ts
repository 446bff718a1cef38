/** A value as templates know it. `undefined` is Go's invalid value (a missing key), `null` its nil, a JS number its int. */
export type Val = undefined | null | boolean | number | string | GoInteger | GoFloat | GoList | GoMap | GoStruct | GoTime | GoVersion;

/** A value that is none of JavaScript's own. */
export type GoObject = Exclude<Val, undefined | null | boolean | number | string>;

export type IntegerType = 'int' | 'int64' | 'uint8' | 'uint64';

/** A whole number that is not an int, or an int beyond what a JS number holds exactly. */
export interface GoInteger {
  readonly kind: 'integer';
  readonly type: IntegerType;
  readonly value: bigint;
}

export interface GoFloat {
  readonly kind: 'float';
  readonly value: number;
  /** Whether it stands so in the template: then a whole one can be an int too. */
  readonly isLiteral?: true;
}

/** The type of the elements: `any` is Go's `interface {}`, `list` its `[]interface {}`. */
export type ElementType = 'any' | 'string' | 'int' | 'list';

/** Never changed once made. Its items are known at once, or wrapped when first asked for. */
export interface GoList {
  readonly kind: 'list';
  readonly element: ElementType;
  readonly isNil: boolean;
  items: readonly Val[] | undefined;
  readonly source: (() => readonly Val[]) | undefined;
}

/** The only value that a template can change: `set`, `unset` and `merge` do. */
export interface GoMap {
  readonly kind: 'map';
  readonly element: 'any' | 'string';
  /** Entries of its own; absent as long as nothing has been changed in what came in. */
  own: Map<string, Val> | undefined;
  readonly source: MapSource | undefined;
}

/** What a map that came in is read from. */
export interface MapSource {
  readonly get: (key: string) => Val;
  readonly keys: () => readonly string[];
}

export interface GoStruct {
  readonly kind: 'struct';
  readonly name: string;
  readonly fields: MapSource;
}

export interface GoTime {
  readonly kind: 'time';
  readonly seconds: number;
  readonly nanoseconds: number;
  /** An IANA name, `UTC`, or an offset as a layout read it. */
  readonly zone: string;
}

export interface GoVersion {
  readonly kind: 'version';
  readonly original: string;
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: string;
  readonly metadata: string;
}

/** Says whether a value is Go's nil, or no value at all. */
export function isNil(value: Val): value is null | undefined {
  return value === undefined || value === null;
}

export function makeFloat(value: number): GoFloat {
  return { kind: 'float', value };
}

/** An integer of a type, wrapped around as Go does. */
export function makeInteger(type: IntegerType, value: bigint | number): Val {
  const whole = wrapInteger(type, BigInt(value));
  if (type === 'int' && whole >= BigInt(Number.MIN_SAFE_INTEGER) && whole <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(whole);
  return { kind: 'integer', type, value: whole };
}

function wrapInteger(type: IntegerType, value: bigint): bigint {
  if (type === 'uint8') return BigInt.asUintN(8, value);
  return type === 'uint64' ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value);
}

export function makeInt64(value: bigint | number): Val {
  return makeInteger('int64', value);
}

/** A list of `interface {}`. */
export function makeList(items: readonly Val[], element: ElementType = 'any'): GoList {
  return { kind: 'list', element, isNil: false, items, source: undefined };
}

/** The list that Go has where a function returns none. */
export const nilList: GoList = { kind: 'list', element: 'any', isNil: true, items: [], source: undefined };

export function makeMap(entries: Iterable<readonly [string, Val]>, element: 'any' | 'string' = 'any'): GoMap {
  return { kind: 'map', element, own: new Map(entries), source: undefined };
}

export function itemsOf(list: GoList): readonly Val[] {
  list.items ??= list.source?.() ?? [];
  return list.items;
}

export function getKey(map: GoMap, key: string): Val {
  return map.own ? map.own.get(key) : map.source?.get(key);
}

export function hasKey(map: GoMap, key: string): boolean {
  return getKey(map, key) !== undefined;
}

/** The keys in order of their bytes, as Go sorts them. */
export function sortedKeys(map: GoMap): readonly string[] {
  return [...(map.own ? map.own.keys() : (map.source?.keys() ?? []))].toSorted(compareBytes);
}

export function entriesOf(map: GoMap): readonly (readonly [string, Val])[] {
  return sortedKeys(map).map((key) => [key, getKey(map, key)] as const);
}

export function sizeOf(map: GoMap): number {
  return map.own ? map.own.size : (map.source?.keys().length ?? 0);
}

/** The entries to change: what came in is copied first, so that it stays as it was. */
export function openMap(map: GoMap): Map<string, Val> {
  map.own ??= new Map((map.source?.keys() ?? []).map((key) => [key, map.source?.get(key)] as const));
  return map.own;
}

/** Orders texts as Go orders their UTF-8: by code points. */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const one = left.charCodeAt(index);
    const other = right.charCodeAt(index);
    if (one !== other) return rankUnit(one) - rankUnit(other);
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above all others. */
function rankUnit(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
