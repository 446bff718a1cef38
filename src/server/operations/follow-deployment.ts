import { createBell } from './bell.ts';
import { hasEnded, type DeploymentRecord, type EnvironmentRef, type EventRecord, type Store } from '../../core/index.ts';

const pageLength = 500;
// Events wake the reader; this is for what makes none, such as a process that died.
const pollMs = 2_000;

export interface Followed {
  readonly ref: EnvironmentRef;
  readonly id: string;
  readonly number: number;
  /** Only events with a higher sequence number. */
  readonly after: number;
  /** What was cut off is gone on with by itself. */
  readonly isTakenOver: boolean;
  readonly signal: AbortSignal;
}

/**
 * Gives the events of a deployment, those that are there and those to come, until it has ended or nobody will carry it out any more.
 * Rule: its state is read before the events are, so that the last one is never missed. When the signal is aborted, it throws.
 */
export async function* followDeployment(store: Pick<Store, 'events' | 'deployments'>, followed: Followed): AsyncIterable<EventRecord> {
  const bell = createBell(pollMs);
  const stop = await store.events.watch(bell.ring);
  try {
    let { after } = followed;
    for (;;) {
      followed.signal.throwIfAborted();
      const { value: record } = await store.deployments.find(followed.ref, followed.number);
      for await (const event of listEvents(store, followed, after)) {
        after = event.sequence;
        yield event;
      }
      if (!record || isOver(record, followed)) return;
      await bell.wait(followed.signal);
    }
  } finally {
    await stop();
  }
}

function isOver({ status, isInterrupted }: DeploymentRecord, { isTakenOver }: Followed): boolean {
  return (isInterrupted && !isTakenOver) || hasEnded(status);
}

async function* listEvents({ events }: Pick<Store, 'events'>, { id }: Followed, from: number): AsyncIterable<EventRecord> {
  let after = from;
  for (;;) {
    const page = await events.list({ after, limit: pageLength, deployment: id });
    yield* page;
    after = page.at(-1)?.sequence ?? after;
    if (page.length < pageLength) return;
  }
}
