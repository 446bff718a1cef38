import type { OperationOutput } from '../../contract/index.ts';
import {
  compareText,
  isPaused,
  makeWorkloadUid,
  type DeploymentRecord,
  type EnvironmentRecord,
  type EnvironmentState,
  type EnvironmentValue,
  type Health,
  type ObjectKey,
  type TargetObservation,
} from '../../core/index.ts';
import { showDeployment } from './deployment.ts';
import { showResources } from './resource.ts';
import { showContainers } from './workload.ts';

type StatusView = OperationOutput<'environments.status'>;

export interface StatusParts {
  readonly record: EnvironmentRecord;
  readonly state: EnvironmentState;
  readonly last: DeploymentRecord | undefined;
  readonly values: readonly EnvironmentValue[];
  /** Of its target; nothing where that cannot say whether something runs. */
  readonly observation: TargetObservation | undefined;
}

/** An environment as tutti knows it: what was deployed, and what its target says of that, if it can. */
export function showStatus({ record, state, last, values, observation }: StatusParts): StatusView {
  const workloads = Object.values(state.workloads).toSorted((left, right) => compareText(left.name, right.name));
  const objects = Object.values(state.objects).toSorted((left, right) => compareText(left.key, right.key));
  const seen = objects.map(({ key, node }) => ({ key, node, health: healthOf(key, observation) }));
  return {
    environment: record,
    revision: state.revision,
    ...(state.target && { target: { name: state.target.name, type: state.target.type } }),
    isPaused: isPaused(values),
    health: worstOf(seen),
    workloads: workloads.map(({ name, status, profile, declared, dependsOn }) => ({
      name,
      status,
      health: worstOf(seen.filter(({ node }) => node === makeWorkloadUid(name))),
      profile,
      containers: showContainers(declared),
      dependsOn,
    })),
    resources: showResources(state),
    objects: seen,
    ...(last && { lastDeployment: showDeployment(last) }),
  };
}

/** What was deployed and is not there any more is as bad as what is broken. */
function healthOf(key: ObjectKey, observation: TargetObservation | undefined): Health {
  if (!observation) return 'not-observed';
  return observation.objects[key]?.health ?? 'degraded';
}

/** From the worst to the best. */
const order: readonly Health[] = ['degraded', 'progressing', 'not-observed', 'healthy'];

function worstOf(seen: readonly { readonly health: Health }[]): Health {
  return order.find((health) => seen.some((each) => each.health === health)) ?? 'not-observed';
}
