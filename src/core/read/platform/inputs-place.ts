import type { Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import type { ResourceDefinition } from '../../model/platform.ts';

/** Where the inputs of a definition stand: below `spec.inputs` of its document, or as the entry of a provisioner file itself. */
export function placeInputs({ place, tier }: Pick<ResourceDefinition, 'place' | 'tier'>, ...steps: readonly (string | number)[]): Place {
  return tier === 'provisioner' ? extendPlace(place, ...steps) : { ...place, path: ['spec', 'inputs', ...steps] };
}
