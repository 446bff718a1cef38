import type { Driver } from '../../core/index.ts';
import { deprovisionNothing, provideResult } from './provide.ts';

/**
 * Offers outputs and renders objects for the target, both written as structured data in the definition.
 * Rule: pure; the core has evaluated the expressions. The objects belong to the environment's inventory, which removes them too.
 * Reports: T5001, T5002, T5007; T5005 for each of `notices`, T5006 for each of `problems`.
 */
export const templateDriver: Driver = {
  name: 'template',
  isPure: true,
  readsSurroundings: false,
  inputsSchema: {
    type: 'object',
    properties: {
      outputs: { type: 'object', description: 'What the resource offers, by name.' },
      manifests: { type: 'array', items: { type: 'object' }, description: 'Objects for the target.' },
      notices: {
        type: 'array',
        items: { type: 'string' },
        description: 'What is different here from what was asked for, a sentence each.',
      },
      problems: { type: 'array', items: { type: 'string' }, description: 'Why the need cannot be met, a sentence each.' },
    },
    additionalProperties: false,
  },
  preview: provideResult,
  provision: provideResult,
  deprovision: deprovisionNothing,
};
