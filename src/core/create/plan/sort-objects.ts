import { compareText } from '../../model/compare.ts';
import type { RenderedObject } from '../../model/rendering.ts';

/** Sorts objects by key; a list that is sorted already is returned as it is. */
export function sortObjects(objects: readonly RenderedObject[]): readonly RenderedObject[] {
  const isSorted = objects.every((object, index) => index === 0 || compareText(objects[index - 1]?.key ?? '', object.key) <= 0);
  return isSorted ? objects : objects.toSorted((left, right) => compareText(left.key, right.key));
}
