import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { describeObject } from '../../model/object-key.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import type { Value } from '../../model/value.ts';
import { canonicalValue } from '../for-digest.ts';

const bytesMax = 1024 * 1024;
/** A control character as JSON: `\\u0000`. */
const bytesPerCharacterMax = 6;

/**
 * Checks the objects of a whole environment against each other.
 * Reports: T4109 for an object that two nodes render, T4110 for one that is too large.
 */
export function checkObjects(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<ObjectKey, RenderedObject>();
  for (const object of objects) {
    const twin = seen.get(object.key);
    if (twin) diagnostics.push(describeTwin(object, twin));
    seen.set(object.key, object);
    if (isTooLarge(object)) {
      const detail = `${describeObject(object.key)}, of ${object.node}, would have more than 1 MiB.`;
      diagnostics.push(diagnose('T4110', { detail }));
    }
  }
  return diagnostics;
}

function describeTwin(object: RenderedObject, twin: RenderedObject): Diagnostic {
  const owners = twin.node === object.node ? `${object.node} renders it twice` : `${twin.node} and ${object.node} both render it`;
  return diagnose('T4109', { detail: `${describeObject(object.key)}: ${owners}.` });
}

/** Measuring costs as much as printing, so it is done only where there is text enough. */
function isTooLarge(object: RenderedObject): boolean {
  if (countCharacters(object.body) * bytesPerCharacterMax < bytesMax) return false;
  return new TextEncoder().encode(canonicalValue(object.body)).length > bytesMax;
}

function countCharacters(value: Value): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let count = 2;
  for (const [key, each] of Object.entries(value)) count += key.length + 4 + countCharacters(each);
  return count;
}
