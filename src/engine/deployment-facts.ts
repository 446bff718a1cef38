import type { Actor, DeploymentFacts, EnvironmentRef } from '../core/index.ts';

export interface Asking {
  readonly ref: EnvironmentRef;
  readonly requester: Actor;
  readonly release: number;
  readonly reason?: string;
  readonly workloads?: DeploymentFacts['workloads'];
}

/** What a target is told of a deployment where there is none, or none yet. */
export function describeNoDeployment({ ref, requester, release, reason = '', workloads = [] }: Asking): DeploymentFacts {
  const { project, environment } = ref;
  return { id: '', number: 0, project, environment, requester: requester.name, reason, plan: '', release, workloads, startedAt: '' };
}
