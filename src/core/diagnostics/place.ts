import type { Place } from './diagnostic.ts';

/** A place further down in the same document. */
export function extendPlace(place: Place, ...steps: readonly (string | number)[]): Place {
  return { ...place, path: [...place.path, ...steps] };
}
