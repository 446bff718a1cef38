import type { CodeEntry } from './entry.ts';

export const drivers = {
  T5001: {
    severity: 'error',
    summary: 'The outputs of a definition are no map',
    cause: 'After its expressions were evaluated, `outputs` is something else than names with values.',
    example: 'outputs: ${params.list}',
    cure: 'State each output by name: `outputs: {host: …, port: …}`.',
  },
  T5002: {
    severity: 'error',
    summary: 'The manifests of a definition are no list of objects',
    cause: 'After its expressions were evaluated, `manifests` or one of them is something else than an object.',
    example: 'manifests: [${params.name}]',
    cure: 'Write every manifest as structured data below `manifests:`, each beginning with a dash.',
  },
} as const satisfies Record<string, CodeEntry>;
