import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { quote } from '../../diagnostics/quote.ts';
import { compareText } from '../../model/compare.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import { isMark, type Value } from '../../model/value.ts';
import { isList } from '../plan/show-value.ts';
import { isPlaceable, placeObjects } from './file-path.ts';

/** An object and the file that it goes to. */
export interface PlacedObject {
  readonly path: string;
  readonly object: RenderedObject;
  /** Whether the file is for its owner's eyes only. */
  readonly isSecret: boolean;
}

/**
 * Gives every object a file.
 * Shape: sorted by path; the same set of objects gives the same files.
 */
export function layOutObjects(objects: readonly RenderedObject[]): readonly PlacedObject[] {
  const paths = placeObjects(objects.map(({ key }) => key));
  return objects
    .map((object) => ({ path: paths.get(object.key) ?? '', object, isSecret: holdsSecret(object) }))
    .toSorted((left, right) => compareText(left.path, right.path));
}

/** Says which objects have names that no file and no cluster can have. Reports: T6001. */
export function checkPlaces(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  return objects
    .filter((object) => !hasPlace(object))
    .map(({ key, node }) =>
      diagnose('T6001', {
        detail: `${quote(node)} renders ${quote(key)}. A name consists of letters, digits, dots and dashes, and begins and ends with a letter or digit.`,
      }),
    );
}

const placed = new WeakSet<RenderedObject>();

/** The same objects come again with every plan of an environment. */
function hasPlace(object: RenderedObject): boolean {
  if (placed.has(object)) return true;
  const isPlaced = isPlaceable(object.key);
  if (isPlaced) placed.add(object);
  return isPlaced;
}

/** Says whether an object is a Kubernetes Secret, or has a secret anywhere in it. */
export function holdsSecret({ body }: RenderedObject): boolean {
  return (body['kind'] === 'Secret' && body['apiVersion'] === 'v1') || hasSecretMark(body);
}

function hasSecretMark(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isMark(value)) return value.$tutti !== 'unknown';
  return isList(value) ? value.some(hasSecretMark) : Object.values(value).some(hasSecretMark);
}
