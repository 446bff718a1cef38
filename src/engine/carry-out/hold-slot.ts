import { describeFailure } from './describe-failure.ts';
import { hasErrors, type DeploymentStore, type Lease, type Outcome, type SlotClaim } from '../../core/index.ts';

const pollMs = 150;
const heartbeatMs = 3_000;

export interface HeldSlot {
  readonly lease: Lease;
  /** Aborted when the caller's signal is, when the lease is lost, or when the deployment is cancelled. */
  readonly signal: AbortSignal;
  /** Whether the lease was lost: then nothing may be written any more. */
  isLost(): boolean;
  /** Who has asked for the deployment to be ended. */
  cancelledBy(): string | undefined;
  release(): void;
}

/**
 * Waits until the deployment has its environment's slot, and keeps the lease alive from then on.
 * Rule: deployments of one environment go in the order in which they were accepted (domain.md §7).
 */
export async function holdSlot(
  store: DeploymentStore,
  request: { readonly id: string; readonly claim: SlotClaim; readonly signal: AbortSignal },
): Promise<Outcome<HeldSlot>> {
  for (;;) {
    const acquired = await store.acquire(request.id, request.claim);
    if (hasErrors(acquired.diagnostics)) return { diagnostics: acquired.diagnostics };
    if (acquired.value) return { value: keepAlive(store, acquired.value, request.signal), diagnostics: [] };
    if (request.signal.aborted) return { diagnostics: [describeFailure(request.signal.reason)] };
    await sleep(pollMs, request.signal);
  }
}

function keepAlive(store: DeploymentStore, lease: Lease, signal: AbortSignal): HeldSlot {
  const controller = new AbortController();
  let isLost = false;
  let failures = 0;
  let cancelledBy: string | undefined;
  const beat = async (): Promise<void> => {
    const outcome = await store.heartbeat(lease).catch(() => undefined);
    if (outcome && !hasErrors(outcome.diagnostics)) {
      failures = 0;
      cancelledBy = outcome.value?.cancelledBy;
      if (cancelledBy !== undefined) controller.abort(new DOMException('the deployment is cancelled', 'AbortError'));
      return;
    }
    // Two beats without an answer are within the lease; a third is not, and somebody else may go on then.
    failures += 1;
    if (outcome || failures > 2) {
      isLost = true;
      controller.abort(new Error('the lease was lost'));
    }
  };
  const timer = setInterval(() => void beat(), heartbeatMs);
  return {
    lease,
    signal: AbortSignal.any([signal, controller.signal]),
    isLost: () => isLost,
    cancelledBy: () => cancelledBy,
    release: () => clearInterval(timer),
  };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      done();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}
