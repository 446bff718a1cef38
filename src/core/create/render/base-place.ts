import type { Place } from '../../diagnostics/diagnostic.ts';
import type { RenderWorkloadRequest } from './render-workload.ts';

/** Where the base of a profile stands. */
export function basePlace({ profile, context }: Pick<RenderWorkloadRequest, 'profile' | 'context'>): Place {
  return { ...profile.place, path: ['spec', context.format, 'base'] };
}
