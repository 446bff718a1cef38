import { diagnose, type Diagnostic, type TargetRequest } from '../../core/index.ts';
import { describeAddress } from './addresses.ts';
import { timeoutOf, type Waiting } from './await-ready.ts';
import type { Address, Cluster } from './cluster.ts';
import { mapOf, textOf } from './fields.ts';

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
 * Reports: T6213, with the finalizer that holds it.
 */
export async function untilGone(cluster: Cluster, { address, uid, request, waiting }: Leaving): Promise<Diagnostic | undefined> {
  const seconds = timeoutOf(request.inputs);
  const deadline = Date.parse(waiting.now()) + seconds * 1000;
  let pause: number = pauseMs.first;
  for (;;) {
    const found = await cluster.get(address, request.signal);
    if (found.kind === 'absent') return undefined;
    const metadata = found.kind === 'ok' ? mapOf(found.live['metadata']) : {};
    if (found.kind === 'ok' && textOf(metadata['uid']) !== uid) return undefined;
    if (Date.parse(waiting.now()) >= deadline) {
      const { finalizers } = metadata;
      const held = Array.isArray(finalizers) && finalizers.length > 0 ? ` It is held by ${finalizers.join(', ')}.` : '';
      return diagnose('T6213', { detail: `${describeAddress(address)} is not gone after ${seconds} s.${held}` });
    }
    await waiting.sleep(pause, request.signal);
    pause = Math.min(pauseMs.last, pause * pauseMs.factor);
  }
}
