import type { Action, Change, Plan, Subject } from '../../model/plan.ts';
import { isEffective } from './change.ts';

export type ActionCounts = Readonly<Record<Action, number>>;

export interface PlanSummary {
  /** Of all subjects together. */
  readonly total: ActionCounts;
  readonly resources: ActionCounts;
  readonly workloads: ActionCounts;
  readonly objects: ActionCounts;
  /** Whether carrying it out would do nothing. */
  readonly isEmpty: boolean;
}

/** In the order in which they are named to people. */
export const actions = [
  'create',
  'update',
  'replace',
  'rebind',
  'unknown',
  'delete',
  'retain',
  'unchanged',
] as const satisfies readonly Action[];

/** Counts the changes of a plan by action, and by what they are about. */
export function summarisePlan(plan: Pick<Plan, 'changes'>): PlanSummary {
  const count = (kind: Subject['kind']): ActionCounts => countActions(plan.changes.filter(({ subject }) => subject.kind === kind));
  return {
    total: countActions(plan.changes),
    resources: count('resource'),
    workloads: count('workload'),
    objects: count('object'),
    isEmpty: !plan.changes.some(isEffective),
  };
}

function countActions(changes: readonly Change[]): ActionCounts {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, retain: 0, rebind: 0, unchanged: 0, unknown: 0 };
  for (const { action } of changes) counts[action] += 1;
  return counts;
}
