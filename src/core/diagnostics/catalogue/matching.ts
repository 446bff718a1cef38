import type { CodeEntry } from './entry.ts';

export const matching = {
  T2001: {
    severity: 'error',
    summary: 'Nothing defines this type of resource',
    cause: 'A need asks for a type that neither the platform configuration nor the built-in platform has a definition of.',
    example: 'resources: {db: {type: postgress}}',
    cure: 'Correct the type, or add a ResourceDefinition for it to the platform configuration.',
  },
  T2002: {
    severity: 'error',
    summary: 'Nothing defines this class',
    cause: 'There are definitions of the type, but none for the class that is asked for; a class is compared, never a wildcard.',
    example: 'resources: {db: {type: postgres, class: huge}}',
    cure: 'Use one of the classes that the detail names, or add a criterion with this class.',
  },
  T2003: {
    severity: 'error',
    summary: 'No definition applies in this context',
    cause: 'Definitions of the type exist, but the criteria of all of them want another project, environment, type, target, format or id.',
    example: 'match: [{environmentType: production}]   # and the environment is of the type staging',
    cure: 'Look at the nearest criteria in the detail; add one that holds here (`{}` holds everywhere for the class default).',
  },
  T2004: {
    severity: 'error',
    summary: 'No target matches the environment',
    cause: 'An environment is deployed to the Target document that matches its project, name and type, and none does.',
    example: 'kind: Target … match: [{environmentType: production}]   # and nothing for staging',
    cure: 'Add a Target, or a criterion to one: `match: [{}]` holds for every environment.',
  },
  T2005: {
    severity: 'error',
    summary: 'Two criteria are the same',
    cause: 'Two definitions of a type have criteria that no context can tell apart, so either could win.',
    example: 'postgres-a: match: [{}]   postgres-b: match: [{}]',
    cure: 'Make one of them more specific, or remove one. Every place is listed.',
  },
} as const satisfies Record<string, CodeEntry>;
