import { checkPlaces, settle, type Outcome, type RenderedObject, type TargetRequest } from '../../core/index.ts';

/** Says what is wrong with the objects for a folder. Reports: T6001. */
export function planObjects(_request: TargetRequest, objects: readonly RenderedObject[]): Outcome<void> {
  return settle(undefined, checkPlaces(objects));
}
