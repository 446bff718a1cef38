import type { Waiting } from '../await-ready.ts';
import type { Watch } from './share-watches.ts';

/** Rings at each change; one that came while nobody waited is not forgotten. */
export interface Bell {
  /** Until it rings, or for as long as is given; says whether it rang. */
  wait(ms: number, signal: AbortSignal): Promise<boolean>;
  takeDown(): void;
}

export function hangBell(watches: readonly Watch[], { sleep }: Pick<Waiting, 'sleep'>): Bell {
  // What changed before is looked at, too.
  let isRung = true;
  let over = new AbortController();
  const ring = (): void => {
    isRung = true;
    over.abort();
  };
  for (const { listeners } of watches) listeners.add(ring);
  return {
    wait: async (ms, signal) => {
      over = new AbortController();
      // Ended by a change, or because the deployment was told to end: whoever waits looks which.
      if (!isRung) await sleep(ms, AbortSignal.any([signal, over.signal])).catch(() => undefined);
      const wasRung = isRung;
      isRung = false;
      return wasRung;
    },
    takeDown: () => {
      for (const { listeners } of watches) listeners.delete(ring);
    },
  };
}
