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
  T5005: {
    severity: 'warning',
    summary: 'A definition has something to say',
    cause: 'The definition meets the need, and not in every respect: its input `notices` says what is different here.',
    example: 'autoscaler: {type: horizontal-pod-autoscaler}   # rendered for Compose',
    cure: 'Read what it says. The need is met as far as that goes; another definition may meet it wholly.',
  },
  T5006: {
    severity: 'error',
    summary: 'A definition cannot meet the need as it is asked for',
    cause: 'The contract of the type allows what is asked for, and the definition found that it does not fit together: its input `problems` says why.',
    example: 'entrance: {type: route, params: {host: shop.example, port: htpp}}   # the port is called http',
    cure: 'Change the need as it says.',
  },
  T5007: {
    severity: 'error',
    summary: 'What a definition has to say is no list of texts',
    cause: 'After its expressions were evaluated, `notices` or `problems` is something else than a list of texts.',
    example: 'notices: ${params.size}',
    cure: 'Write a list, each entry a sentence: `notices: [The size is not kept to here.]`.',
  },
} as const satisfies Record<string, CodeEntry>;
