import type { OperationInput } from '../../client/index.ts';

type NeedSelector = NonNullable<OperationInput<'files.explain'>['body']['need']>;

/**
 * Reads which needs are asked about.
 * Rule: `postgres` is a type, `postgres.large` a type with its class where it stands before `#`, `postgres.default#queue` a uid;
 * `api.db` the need `db` of the workload `api`, whose resource has the id `api.db`.
 */
export function parseNeed(text: string): NeedSelector {
  if (text.includes('#')) return text.split('#', 1)[0]?.includes('.') ? { uid: text } : { uid: text.replace('#', '.default#') };
  return text.includes('.') ? { id: text } : { type: text };
}

/** Says whether an argument is a file rather than a need. */
export function isScoreName(text: string): boolean {
  return text === '-' || text === '.' || text === '..' || text.includes('/') || /\.ya?ml$/.test(text);
}
