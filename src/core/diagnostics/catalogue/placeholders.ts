import type { CodeEntry } from './entry.ts';

/** Placeholders in Score files. */
export const placeholders = {
  T3201: {
    severity: 'error',
    summary: 'Unknown beginning of a placeholder',
    cause: 'A placeholder in a Score file begins with `metadata` or `resources`.',
    example: 'variables: {URL: "${resource.dns.host}"}',
    cure: 'Correct it, or write `$${…}` where the text itself is meant.',
  },
  T3202: {
    severity: 'error',
    summary: 'The placeholder names an unknown resource',
    cause: 'Placeholders reach the resources that the same Score file declares, by their names there.',
    example: 'variables: {HOST: "${resources.databse.host}"}',
    cure: 'Correct the name, or declare the resource under `resources`.',
  },
  T3203: {
    severity: 'error',
    summary: 'The placeholder names something that is not there',
    cause: 'The resource has no such output, the metadata no such key, or the environment no such value.',
    example: 'variables: {LEVEL: "${resources.env.LOG_LEVL}"}',
    cure: 'Use one of the keys in the detail. A value of the environment is set by `tutti env set KEY=VALUE`.',
  },
  T3204: {
    severity: 'error',
    summary: 'The placeholder names too little',
    cause: 'A placeholder names a key of the metadata, or a resource and one of its outputs.',
    example: 'variables: {DB: "${resources.db}"}',
    cure: 'Name the output as well: `${resources.db.host}`.',
  },
  T3210: {
    severity: 'error',
    summary: 'The port of a workload cannot be told',
    cause: 'A need of the type `service-port` names no workload or no port, or one that is not there.',
    example: 'resources: {api: {type: service-port, params: {workload: api, port: htp}}}',
    cure: 'Name a workload of the environment, and one of the ports below its `service.ports`, or the number of one.',
  },
} as const satisfies Record<string, CodeEntry>;
