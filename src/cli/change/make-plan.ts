import type { OperationOutput } from '../../client/index.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import type { EnvironmentName, Found } from '../input/stored.ts';
import { complete, reportFailure } from '../result.ts';
import type { Change } from './requests.ts';

export type Plan = OperationOutput<'plans.create'>;

/** Has a change planned and the plan kept; its warnings are told at once. */
export async function makePlan(call: CommandCall, environment: EnvironmentName, change: Change): Promise<Found<Planned>> {
  const client = await call.client('store');
  const answer = await client.call('plans.create', { ...environment, body: change }, { signal: call.host.signal });
  return answer.ok
    ? { ok: true, value: { plan: answer.data, diagnostics: answer.diagnostics } }
    : { ok: false, result: reportFailure(answer) };
}

/** Finds a plan that was kept. */
export async function findPlan(call: CommandCall, environment: EnvironmentName, plan: string): Promise<Found<Planned>> {
  const client = await call.client('store');
  const answer = await client.call('plans.show', { ...environment, plan }, { signal: call.host.signal });
  return answer.ok
    ? { ok: true, value: { plan: answer.data, diagnostics: answer.diagnostics } }
    : { ok: false, result: reportFailure(answer) };
}

export interface Planned {
  readonly plan: Plan;
  readonly diagnostics: CommandResult['diagnostics'];
}

/** The result of a command that only plans: the plan, and the command that carries it out. */
export function showPlanned({ plan, diagnostics }: Planned): CommandResult {
  const { summary, text } = plan.plan;
  const next = summary.isEmpty ? '' : `\n\nCarry it out:\n  ${carryOutCommand(plan)}`;
  return complete(plan, `${text}${next}`, diagnostics);
}

/** The command that carries a plan out, with the confirmation that it needs. */
export function carryOutCommand({ id, project, environment, plan }: Plan): string {
  const confirm = plan.brakes.length > 0 ? ` --confirm ${plan.digest}` : '';
  return `tutti deploy --project ${project} --env ${environment} --plan ${id}${confirm}`;
}
