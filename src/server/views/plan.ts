import type { OperationOutput } from '../../contract/index.ts';
import { planToText, summarisePlan, type Change, type Plan, type PlanRecord } from '../../core/index.ts';

type PlanView = OperationOutput<'plans.show'>;
type PlanBody = PlanView['plan'];

export function showPlanRecord({ id, project, environment, plan, request, requester, createdAt }: PlanRecord): PlanView {
  return { id, project, environment, kind: request.kind, reason: request.reason, requester, createdAt, plan: showPlan(plan) };
}

/** A plan without the keyed hashes of its secrets: they would tell equal ones apart. */
export function showPlan(plan: Plan): PlanBody {
  const { digest, basis, brakes, changes } = plan;
  return {
    digest,
    basis: { revision: basis.revision, release: basis.release, inventory: basis.inventory },
    changes: changes.map(showChange),
    brakes,
    summary: summarisePlan(plan),
    text: planToText(plan),
  };
}

function showChange(change: Change): PlanBody['changes'][number] {
  const { hash: _hash, fingerprints: _fingerprints, ...shown } = change;
  return shown;
}
