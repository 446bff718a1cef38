import type { OperationOutput } from '../../contract/index.ts';
import type { DeploymentRecord } from '../../core/index.ts';
import { showPlan } from './plan.ts';

type DeploymentView = OperationOutput<'deployments.show'>;

/** A deployment without its plan, as lists have it. */
export function showDeployment({ plan: _, ...record }: DeploymentRecord): DeploymentView {
  return record;
}

export function showWithPlan(record: DeploymentRecord): DeploymentView {
  return record.plan ? { ...showDeployment(record), plan: showPlan(record.plan) } : showDeployment(record);
}
