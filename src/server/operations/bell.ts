export interface Bell {
  readonly ring: () => void;
  /** Until it rings, or rang since the last wait; or for as long as polling takes. */
  wait(signal: AbortSignal): Promise<void>;
}

/** Makes a bell; whoever waits for it looks after `lookMs` even if it does not ring. */
export function createBell(lookMs: number): Bell {
  let hasRung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      hasRung = true;
      wake?.();
    },
    wait: async (signal) => {
      if (!hasRung && !signal.aborted) await sleepUntil({ lookMs, listen: (done) => (wake = done) }, signal);
      wake = undefined;
      hasRung = false;
    },
  };
}

interface Sleeping {
  readonly lookMs: number;
  readonly listen: (done: () => void) => void;
}

function sleepUntil({ lookMs, listen }: Sleeping, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      done();
    };
    const timer = setTimeout(finish, lookMs);
    signal.addEventListener('abort', finish, { once: true });
    listen(finish);
  });
}
