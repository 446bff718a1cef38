import type { OperationOutput } from '../../contract/index.ts';
import { compareText, type DeploymentRecord, type EnvironmentRecord, type EnvironmentState } from '../../core/index.ts';
import { showDeployment } from './deployment.ts';
import { showResources } from './resource.ts';
import { showContainers } from './workload.ts';

type StatusView = OperationOutput<'environments.status'>;

export interface StatusParts {
  readonly record: EnvironmentRecord;
  readonly state: EnvironmentState;
  readonly last: DeploymentRecord | undefined;
}

// Targets that can say whether something runs are asked once there are any; until then nothing is claimed.
const health = 'not-observed';

/** An environment as tutti knows it: what was deployed, not what it hopes. */
export function showStatus({ record, state, last }: StatusParts): StatusView {
  const workloads = Object.values(state.workloads).toSorted((left, right) => compareText(left.name, right.name));
  const objects = Object.values(state.objects).toSorted((left, right) => compareText(left.key, right.key));
  return {
    environment: record,
    revision: state.revision,
    ...(state.target && { target: { name: state.target.name, type: state.target.type } }),
    health,
    workloads: workloads.map(({ name, status, profile, declared, dependsOn }) => ({
      name,
      status,
      health,
      profile,
      containers: showContainers(declared),
      dependsOn,
    })),
    resources: showResources(state),
    objects: objects.map(({ key, node }) => ({ key, node, health })),
    ...(last && { lastDeployment: showDeployment(last) }),
  };
}
