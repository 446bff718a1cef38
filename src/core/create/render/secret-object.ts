import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { quote } from '../../diagnostics/quote.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { toBase64 } from '../../expressions/functions.ts';
import { isSecret, isSecretText, isUnknown, isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { mapOf } from './make-object.ts';

export function isSecretObject(manifest: ValueObject): boolean {
  return manifest['kind'] === 'Secret' && manifest['apiVersion'] === 'v1';
}

/**
 * Puts all data of a Secret under `data`, in base64: a key that is left out later is really gone then.
 * Reports: T4119 for data that is no base64, or no text.
 */
export function writeSecretData(
  manifest: ValueObject,
  place: Place,
): { readonly value: ValueObject; readonly diagnostics: readonly Diagnostic[] } {
  const { data, stringData, ...rest } = manifest;
  if (data === undefined && stringData === undefined) return { value: manifest, diagnostics: [] };
  const diagnostics = [...checkMap(data, extendPlace(place, 'data')), ...checkMap(stringData, extendPlace(place, 'stringData'))];
  const written: Record<string, Value> = {};
  const put = (field: string, key: string, value: Value, result: Value | undefined): void => {
    if (result === undefined) diagnostics.push(describe(field, key, value, place));
    else written[key] = result;
  };
  for (const [key, value] of Object.entries(mapOf(data))) put('data', key, value, isEncoded(value) ? value : undefined);
  for (const [key, value] of Object.entries(mapOf(stringData))) put('stringData', key, value, encode(value));
  return { value: { ...rest, data: written }, diagnostics };
}

function checkMap(value: Value | undefined, place: Place): readonly Diagnostic[] {
  if (value === undefined || isValueObject(value)) return [];
  return [diagnose('T4119', { detail: 'This is no map from keys to values.', place })];
}

const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function isEncoded(value: Value): boolean {
  if (isUnknown(value)) return true;
  if (isSecretText(value)) return value.encoding === 'base64';
  return typeof value === 'string' && base64Form.test(value);
}

/** Numbers and truth values become text, as they would in a variable. */
function encode(value: Value): Value | undefined {
  if (isUnknown(value)) return value;
  if (isSecret(value) || isSecretText(value)) return { $tutti: 'secretText', parts: [value], encoding: 'base64' };
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? toBase64(String(value)) : undefined;
}

function describe(field: string, key: string, value: Value, place: Place): Diagnostic {
  const isText = typeof value === 'string' || isSecret(value) || isSecretText(value);
  const why = isText ? 'is not in base64' : 'is no text';
  return diagnose('T4119', { detail: `The value of ${quote(key)} ${why}.`, place: extendPlace(place, field, key) });
}
