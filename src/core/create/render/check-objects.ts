import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { describeObject } from '../../model/object-key.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import { checkNames } from '../render-compose/check-names.ts';

/**
 * Checks the objects of a whole environment against each other.
 * Shape: all objects in; linear in their number, whatever their size.
 * Reports: T4109 for an object that two nodes render, T4126 for services of Compose that answer to one name.
 */
export function checkObjects(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<ObjectKey, RenderedObject>();
  for (const object of objects) {
    const twin = seen.get(object.key);
    if (twin) diagnostics.push(describeTwin(object, twin));
    seen.set(object.key, object);
  }
  return [...diagnostics, ...checkNames(objects)];
}

function describeTwin(object: RenderedObject, twin: RenderedObject): Diagnostic {
  const owners = twin.node === object.node ? `${object.node} renders it twice` : `${twin.node} and ${object.node} both render it`;
  return diagnose('T4109', { detail: `${describeObject(object.key)}: ${owners}.` });
}
