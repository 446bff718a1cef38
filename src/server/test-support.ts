import type { KnownParts, Outcome } from '../core/index.ts';
import type { Caller } from './access.ts';
import type { RecordServices, Services } from './services.ts';

export const admin: Caller = { actor: { name: 'admin' }, roles: ['admin'] };

const noParts: KnownParts = { drivers: {}, targets: {} };

export interface Failures {
  readonly services: Services;
  readonly failures: { readonly id: string; readonly operation: string; readonly error: unknown }[];
}

/** Services without anything that is kept: for what transports do by themselves. */
export function makeServices(records: () => Promise<Outcome<RecordServices>> = refuseRecords): Failures {
  const failures: Failures['failures'] = [];
  let count = 0;
  const services: Services = {
    version: '1.2.3',
    files: {
      knownParts: async () => noParts,
      drivers: {},
      targets: {},
      patcher: () => Promise.reject(new Error('there are no patch templates')),
      now: () => '2026-01-02T03:04:05.000Z',
      deriveSeeds: async () => ({ value: { newSeed: () => '00'.repeat(32), hash: (text) => text }, diagnostics: [] }),
    },
    records,
    makeId: () => `failure-${(count += 1)}`,
    logFailure: (failure) => failures.push(failure),
  };
  return { services, failures };
}

async function refuseRecords(): Promise<Outcome<RecordServices>> {
  throw new Error('nothing is kept here: /secret/path');
}
