import { hasEnded, hasErrors, type DeploymentRecord, type EnvironmentRef, type WorkQueue } from '../core/index.ts';
import { carryOut } from './carry-out/carry-out.ts';
import type { EngineDependencies } from './dependencies.ts';
import { findBack } from './find-back.ts';

/** How often a process that serves looks for deployments that nobody carries out. */
const lookMs = 3_000;
/** Then another environment has its turn. */
const inARow = 50;

export interface ServedQueue {
  /** Looks no more, hands on what is under way, and waits until that is done. */
  close(): Promise<void>;
}

/**
 * Carries out what is in the queue, and puts into it what was left behind: by a process that was killed, by a command line that was closed, or
 * between its acceptance and the queue.
 */
export async function serveQueue(dependencies: EngineDependencies, queue: WorkQueue, signal: AbortSignal): Promise<ServedQueue> {
  await queue.start((work) => carryOutNext(dependencies, work, signal));
  let looking: Promise<void> | undefined;
  const look = (): void => {
    // One look at a time; what goes wrong with it, the next one may do better.
    looking ??= addWaiting(dependencies, queue)
      .catch(() => undefined)
      .then(() => {
        looking = undefined;
      });
  };
  const timer = setInterval(look, lookMs);
  look();
  return {
    close: async () => {
      clearInterval(timer);
      await looking;
      await queue.close();
    },
  };
}

async function addWaiting({ store }: EngineDependencies, queue: WorkQueue): Promise<void> {
  for (const work of await store.deployments.listWaiting()) await queue.add(work);
}

/**
 * Carries out what is open in the environment of a deployment, oldest first: two that were accepted at once may come into the queue the other
 * way round, and what is accepted meanwhile need not wait until it is handed out.
 * Rule: it ends when all of them have ended, or after a good while, for the others have their own turn; what has not ended is thrown out of, and
 * handed out again.
 */
async function carryOutNext(dependencies: EngineDependencies, ref: EnvironmentRef, signal: AbortSignal): Promise<void> {
  for (let count = 0; count < inARow; count++) {
    const next = await findOldest(dependencies, ref);
    if (!next) return;
    const { value, diagnostics } = await carryOut(dependencies, next, { signal, isHandedOn: true });
    if (!value || !hasEnded(value.status)) throw new Error(diagnostics[0]?.detail ?? `deployment ${next.number} has not ended`);
  }
}

/** Those that were begun end in order: behind one of them that has ended nothing is open. One that was cancelled before it began says nothing. */
async function findOldest({ store }: EngineDependencies, ref: EnvironmentRef): Promise<DeploymentRecord | undefined> {
  let oldest: DeploymentRecord | undefined;
  const walked = await findBack(store, ref, (deployment) => {
    const isOver = hasEnded(deployment.status);
    if (!isOver && deployment.status !== 'awaiting-approval') oldest = deployment;
    return isOver && deployment.startedAt !== undefined;
  });
  if (hasErrors(walked.diagnostics)) throw new Error(walked.diagnostics[0]?.detail ?? 'the deployments cannot be read');
  return oldest;
}
