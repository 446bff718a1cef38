import type { EnvironmentRef, Outcome } from '../../core/index.ts';
import type { RecordCall } from './handler.ts';
import { createBell } from './bell.ts';
import { readStatus, type StatusView } from './read-status.ts';

/** What is still and says nothing is looked at all the same: a target may have no way to tell. */
const lookMs = 15_000;
/** Changes come in crowds: one look for all of them. */
const settleMs = 250;

interface StatusEvent {
  readonly sequence: number;
  readonly type: 'status';
  readonly status: StatusView;
  readonly diagnostics: Outcome<unknown>['diagnostics'];
}

/**
 * The status of an environment, now and whenever it changes.
 * Rule: events of the store and signs of the target ring for a look; what looks the same is not told again. Ends when the environment is gone.
 */
export async function* watchStatus(call: RecordCall<'runtime.watch'>, ref: EnvironmentRef): AsyncIterable<StatusEvent> {
  const over = new AbortController();
  const signal = AbortSignal.any([call.signal, over.signal]);
  const bell = createBell(lookMs);
  const stop = await call.store.events.watch(bell.ring);
  const listening = listen(call, ref, { signal, ring: bell.ring });
  try {
    let last = '';
    for (let sequence = 1; ;) {
      signal.throwIfAborted();
      const { value: status, diagnostics } = await readStatus({ ...call, signal }, ref);
      if (!status) return;
      const now = JSON.stringify([status, diagnostics]);
      if (now !== last) yield { sequence: sequence++, type: 'status', status, diagnostics };
      last = now;
      await bell.wait(signal);
      await settle(signal);
    }
  } finally {
    over.abort();
    await stop();
    await listening;
  }
}

interface Listening {
  readonly signal: AbortSignal;
  readonly ring: () => void;
}

/** Rings for every sign of the target; one that gives none is looked at now and then. */
async function listen(
  { engine, caller, store }: RecordCall<'runtime.watch'>,
  ref: EnvironmentRef,
  { signal, ring }: Listening,
): Promise<void> {
  try {
    const state = await store.environments.loadState(ref);
    if (!state.value?.target) return;
    const opened = await engine.openRuntime(ref, { actor: caller.actor, signal });
    const changes = await opened.value?.runtime.changes({ ...opened.value.request, signal });
    for await (const _ of changes?.value ?? []) ring();
  } catch {
    // Aborted, or not to be reached: the looks say so.
  }
}

function settle(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, settleMs);
    signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
}
