import { diagnose, type Diagnostic, type JsonObject, type TargetRequest } from '../../core/index.ts';
import { describeAddress } from './addresses.ts';
import { timeoutOf, type Waiting } from './await-ready.ts';
import type { Address, Cluster } from './cluster.ts';
import { listOf, mapOf, textOf } from './fields.ts';
import { describeConditions } from './readiness/parts.ts';

/** Most things go at once. */
const pauseMs = { first: 100, factor: 1.5, last: 2000 } as const;

/** An object that was told to go. */
export interface Leaving {
  readonly address: Address;
  readonly uid: string;
  readonly request: TargetRequest;
  readonly waiting: Waiting;
}

/**
 * Waits until an object is gone, or there is another in its place.
 * Reports: T6213, with what holds it: its finalizers; of a namespace what is left in it; what it says of itself.
 */
export async function untilGone(cluster: Cluster, { address, uid, request, waiting }: Leaving): Promise<Diagnostic | undefined> {
  const seconds = timeoutOf(request.inputs);
  const deadline = Date.parse(waiting.now()) + seconds * 1000;
  let pause: number = pauseMs.first;
  for (;;) {
    const found = await cluster.get(address, request.signal);
    if (found.kind === 'absent') return undefined;
    if (found.kind === 'ok' && textOf(mapOf(found.live['metadata'])['uid']) !== uid) return undefined;
    if (Date.parse(waiting.now()) >= deadline) {
      const held = found.kind === 'ok' ? describeHold(found.live) : [];
      return diagnose('T6213', { detail: [`${describeAddress(address)} is not gone after ${seconds} s.`, ...held].join(' ') });
    }
    await waiting.sleep(pause, request.signal);
    pause = Math.min(pauseMs.last, pause * pauseMs.factor);
  }
}

function describeHold(live: JsonObject): readonly string[] {
  const finalizers = listOf(mapOf(live['metadata'])['finalizers']).map(textOf);
  const held = finalizers.length > 0 ? [`It is held by ${finalizers.join(', ')}.`] : [];
  return [...held, ...(live['kind'] === 'Namespace' ? describeContent(live) : describeConditions(live))];
}

/** What the controller of namespaces has not got rid of. */
function describeContent(live: JsonObject): readonly string[] {
  const conditions = listOf(mapOf(live['status'])['conditions']).map(mapOf);
  return conditions.filter(({ status }) => status === 'True').map(({ message }) => textOf(message));
}
