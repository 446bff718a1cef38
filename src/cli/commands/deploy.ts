import type { CommandCall, CommandResult } from '../command.ts';
import { carryOut } from '../change/carry-out.ts';
import { findPlan, makePlan, type Planned } from '../change/make-plan.ts';
import { checkPlanOption, readDeployChange } from '../change/requests.ts';
import type { EnvironmentName, Found } from '../input/stored.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { reject } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, async (environment) => {
    const planned = await choosePlan(call, environment);
    return planned.ok ? carryOut(call, environment, planned.value) : planned.result;
  });
}

async function choosePlan(call: CommandCall, environment: EnvironmentName): Promise<Found<Planned>> {
  const named = checkPlanOption(call);
  if (named.value !== undefined) return findPlan(call, environment, named.value);
  if (named.diagnostics.length > 0) return { ok: false, result: reject(named.diagnostics) };
  const change = await readDeployChange(call);
  return change.value ? makePlan(call, environment, change.value) : { ok: false, result: reject(change.diagnostics) };
}
