import type { Driver } from '../../core/index.ts';
import { deprovisionNothing, provideOutputs } from './provide.ts';

/**
 * Offers fixed outputs: for what exists already and nobody provisions.
 * Rule: pure; the outputs are the input `outputs`, evaluated.
 * Reports: T5001.
 */
export const staticDriver: Driver = {
  name: 'static',
  isPure: true,
  readsSurroundings: false,
  inputsSchema: {
    type: 'object',
    properties: { outputs: { type: 'object', description: 'What the resource offers, by name.' } },
    required: ['outputs'],
    additionalProperties: false,
  },
  preview: provideOutputs,
  provision: provideOutputs,
  deprovision: deprovisionNothing,
};
