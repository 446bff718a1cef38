import type { DeclaredWorkload, DeploymentRequest, EnvironmentState } from '../core/index.ts';

/** One workload as an environment shall have it. */
export interface DesiredWorkload {
  readonly declared: DeclaredWorkload;
  readonly text?: string;
}

/**
 * Says which workloads an environment has after a request.
 * Rule: those that are named change, the others stay; `isWhole` drops the others; removals come last.
 * Shape: by workload name, sorted.
 */
export function desireWorkloads(
  state: EnvironmentState,
  request: Pick<DeploymentRequest, 'workloads' | 'remove' | 'isWhole'>,
): readonly DesiredWorkload[] {
  const desired = new Map<string, DesiredWorkload>();
  if (!request.isWhole) {
    for (const workload of Object.values(state.workloads)) desired.set(workload.name, keepWorkload(workload));
  }
  for (const workload of request.workloads) desired.set(workload.declared.name, workload);
  for (const name of request.remove) desired.delete(name);
  return [...desired.values()].toSorted((left, right) => (left.declared.name < right.declared.name ? -1 : 1));
}

function keepWorkload(workload: EnvironmentState['workloads'][string]): DesiredWorkload {
  const { declared, text } = workload;
  return text === undefined ? { declared } : { declared, text };
}
