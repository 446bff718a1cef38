import type { Target } from '../../core/index.ts';
import { applyObjects } from './apply.ts';
import { observeObjects } from './observe.ts';
import { planObjects } from './plan.ts';
import { pruneObjects } from './prune.ts';

/**
 * Writes an environment as files into a folder: one an object, or a Compose project with what it mounts, with an index that says whose they are.
 * Rule: what stands there unchanged is not touched; files that tutti did not write are never touched; symbolic links are never followed.
 * Secrets are written with their values, readable by the owner alone.
 * Reports: T6001 to T6006.
 */
export const directoryTarget: Target = {
  type: 'directory',
  formats: ['kubernetes', 'compose'],
  isGathering: true,
  observesHealth: false,
  inputsSchema: {
    type: 'object',
    properties: {
      path: { type: 'string', minLength: 1, description: 'The folder. Default: .tutti/out/<project>/<environment>.' },
      format: { enum: ['kubernetes', 'compose'], description: 'Default: kubernetes.' },
    },
    additionalProperties: false,
  },
  plan: planObjects,
  observe: observeObjects,
  apply: applyObjects,
  prune: pruneObjects,
};
