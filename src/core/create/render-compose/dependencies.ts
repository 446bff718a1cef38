import type { Value, ValueObject } from '../../model/value.ts';
import { isList, mapOf, textOf } from '../render/make-object.ts';
import { nameService, type Around } from './around.ts';
import { listWaitedFor } from './arrange.ts';

/** What a container waits for: what the profile says, the services of its resources, and containers that come before it. */
export function listDependsOn(around: Around, name: string): ValueObject {
  return { ...readDependencies(around.base['depends_on']), ...around.waits, ...listOwnWaits(around, name) };
}

function readDependencies(given: Value | undefined): ValueObject {
  if (!isList(given)) return mapOf(given);
  return Object.fromEntries(given.map((each) => [textOf(each), { condition: 'service_started' }]));
}

const conditions = { started: 'service_started', healthy: 'service_healthy', complete: 'service_completed_successfully' } as const;

function listOwnWaits({ request }: Around, name: string): ValueObject {
  const { containers } = request.resolved.declared;
  return Object.fromEntries(
    listWaitedFor(name, containers).map((each) => {
      const ready = containers[each]?.before[name]?.ready ?? 'started';
      return [nameService(request, each), { condition: conditions[ready] }];
    }),
  );
}
