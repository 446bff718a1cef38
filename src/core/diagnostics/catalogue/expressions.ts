import type { CodeEntry } from './entry.ts';

/** Expressions in platform configuration. */
export const expressions = {
  T3101: {
    severity: 'error',
    summary: 'Not a valid expression',
    cause: 'What stands between "${" and "}" in platform configuration is one CEL expression, and this one cannot be parsed.',
    example: 'host: ${resource.slug +}',
    cure: 'Correct the expression; write "$${" where a literal "${" is meant.',
  },
  T3102: {
    severity: 'error',
    summary: 'Unknown name in an expression',
    cause: 'The expression reads a name that is not in scope there, or that is not there below another.',
    example: 'host: ${environment.name}   # or ${resource.nmae}',
    cure: 'Use one of the names that the detail lists (docs/expressions.md).',
  },
  T3103: {
    severity: 'error',
    summary: 'The index has to be a literal',
    cause: 'Which resources and workloads a definition refers to has to be known before anything is evaluated.',
    example: 'host: ${resources[params.type].outputs.host}',
    cure: 'Write the name itself: `resources["postgres"]`, `workloads["api"]`, `select.consumers("workload")`.',
  },
  T3104: {
    severity: 'error',
    summary: 'The expression cannot be evaluated',
    cause: 'It reads something that is not there, combines types that do not fit, or does more than an expression may.',
    example: 'replicas: ${params.replicas}   # and the need gives no replicas',
    cure: 'Ask first whether it is there (`has(params.replicas) ? params.replicas : 1`), or convert (`int(…)`, `string(…)`).',
  },
  T3105: {
    severity: 'error',
    summary: 'A secret cannot be used like that',
    cause: 'Secrets are never read while planning: they can only be passed on, joined with text, or encoded.',
    example: 'short: ${size(generate.password) > 10}',
    cure: 'Pass the secret on as it is, join it with `+` or in text, or encode it with `base64.encode` or `url.encode`.',
  },
  T3106: {
    severity: 'error',
    summary: 'The value cannot be inserted into text',
    cause: 'Within text only text, numbers and booleans can be inserted.',
    example: 'name: web-${params}',
    cure: 'Insert a part of it (`${params.name}`), or make the expression the whole value.',
  },
  T3107: {
    severity: 'error',
    summary: 'The key of a map has to be known and unique',
    cause: 'Keys become identities, so they have to be text that is known when planning, each once.',
    example: '"${resources["dns"].outputs.host}": x   # while the host is not known yet',
    cure: 'Use values that are known before provisioning in keys.',
  },
} as const satisfies Record<string, CodeEntry>;
