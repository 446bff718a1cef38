import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import type { Plan } from '../../model/plan.ts';

/**
 * Says whether a plan with brakes may go ahead.
 * Rule: a confirmation names the digest of exactly this plan; a plan without brakes needs none.
 * Reports: T4010, once for each brake.
 * Source: domain.md §6.
 */
export function checkConfirmation(plan: Plan, confirmed: string | undefined): readonly Diagnostic[] {
  if (confirmed === plan.digest) return [];
  const hint = confirmed === undefined ? '' : ' The confirmation names another plan.';
  return plan.brakes.map(({ reason }) =>
    diagnose('T4010', { detail: `In this plan ${reason}.${hint} If that is meant, confirm the plan ${plan.digest}.` }),
  );
}
