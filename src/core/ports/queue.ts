import type { EnvironmentRef } from './store.ts';

/** An accepted deployment, as it is handed to whoever carries it out. */
export interface DeploymentWork extends EnvironmentRef {
  readonly id: string;
  readonly number: number;
}

/**
 * Hands accepted deployments to the processes that serve: each to one of them, in the order of its environment, and again when that process is
 * gone. It only says who begins; what may be written is a matter of the lease.
 */
export interface WorkQueue {
  /** What is in it already is not added again. */
  add(work: DeploymentWork): Promise<void>;
  /** Takes deployments on until the queue is closed; one that is thrown out of is handed out again. */
  start(carryOut: (work: DeploymentWork) => Promise<void>): Promise<void>;
  /** Takes nothing on any more, and waits for what is under way. */
  close(): Promise<void>;
}
