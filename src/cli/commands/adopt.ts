import { carryOut } from '../change/carry-out.ts';
import { makePlan } from '../change/make-plan.ts';
import { readDeployChange } from '../change/requests.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { reject } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, async (environment) => {
    const change = await readDeployChange(call);
    if (!change.value) return reject(change.diagnostics);
    const planned = await makePlan(call, environment, { ...change.value, adopt: true });
    return planned.ok ? carryOut(call, environment, planned.value) : planned.result;
  });
}
