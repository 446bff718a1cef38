import { diffValues, shownSecret, type FieldDrift, type Json, type JsonObject } from '../../core/index.ts';
import { settle } from './compare.ts';
import { mapOf } from './fields.ts';
import { findOwner } from './find-owner.ts';

const fieldsMax = 100;

/**
 * Says which fields of an object are not as they were written, and who has set them.
 * Shape: what is there, and what a dry run makes of it; sorted by path, a hundred at most. Data of a Secret is never shown, and other secrets
 * are taken out of what is.
 */
export function describeDrift(live: JsonObject, predicted: JsonObject, hide: (text: string) => string): readonly FieldDrift[] {
  const isSecret = live['kind'] === 'Secret';
  const show = (path: string, value: Json): Json =>
    isSecret && /^\/(data|stringData)(\/|$)/.test(path) ? shownSecret : hideWithin(value, hide);
  const fields = diffValues(settle(live), settle(predicted)).slice(0, fieldsMax);
  return fields.map(({ path, before, after }) => ({
    path,
    ...(after !== undefined && { wanted: show(path, after) }),
    ...(before !== undefined && { live: show(path, before) }),
    ...(before !== undefined && findOwner(live, mapOf(live['metadata'])['managedFields'], path)),
  }));
}

function hideWithin(value: Json, hide: (text: string) => string): Json {
  if (typeof value === 'string') return hide(value);
  const text = JSON.stringify(value);
  const hidden = hide(text);
  if (hidden === text) return value;
  const parsed: Json = JSON.parse(hidden);
  return parsed;
}
