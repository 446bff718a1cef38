import type { DeploymentStatus } from '../ports/store.ts';

const endStatuses: readonly DeploymentStatus[] = ['succeeded', 'failed', 'cancelled'];

/** Says whether a deployment of that status has ended. */
export function hasEnded(status: DeploymentStatus): boolean {
  return endStatuses.includes(status);
}
