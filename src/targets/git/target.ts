import type { Target } from '../../core/index.ts';
import { applyObjects } from './apply.ts';
import { observeObjects } from './observe.ts';
import { planObjects } from './plan.ts';
import { pruneObjects } from './prune.ts';

/**
 * Hands an environment over to a CD tool: one commit a deployment, one file an object or a Compose project with what it mounts, in a folder of a branch.
 * Rule: nothing is committed when nothing changed; when somebody else pushed, the same change is made on top of theirs; a secret is never
 * written; nothing but the environment's own folder is touched. A branch that does not exist is begun without history.
 * Reports: T6001 to T6004, T6006, T6101 to T6110.
 */
export const gitTarget: Target = {
  type: 'git',
  formats: ['kubernetes', 'compose'],
  isGathering: true,
  observesHealth: false,
  inputsSchema: {
    type: 'object',
    properties: {
      repository: { type: 'string', minLength: 1, description: 'A path, or an address of the protocols file, https or ssh.' },
      branch: { type: 'string', minLength: 1, description: 'Default: main.' },
      path: { type: 'string', minLength: 1, description: 'The folder in the repository. Default: <project>/<environment>.' },
      author: {
        type: 'object',
        properties: { name: { type: 'string', minLength: 1 }, email: { type: 'string', minLength: 1 } },
        required: ['name', 'email'],
        additionalProperties: false,
      },
      format: { enum: ['kubernetes', 'compose'], description: 'Default: kubernetes.' },
    },
    required: ['repository'],
    additionalProperties: false,
  },
  plan: planObjects,
  observe: observeObjects,
  apply: applyObjects,
  prune: pruneObjects,
};
