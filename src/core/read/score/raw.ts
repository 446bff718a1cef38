import type { Json } from '../../model/value.ts';
import { isJsonObject } from '../yaml-json.ts';

/** The value of a key in data of unknown shape. */
export function readKey(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The keys of a map; none for other data. */
export function listKeys(value: Json | undefined): readonly string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}

/** The values of a map or the items of a list; none for other data. */
export function listMembers(value: Json | undefined): readonly Json[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
