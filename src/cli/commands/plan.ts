import type { CommandCall, CommandResult } from '../command.ts';
import { makePlan, showPlanned } from '../change/make-plan.ts';
import { readDeployChange } from '../change/requests.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { reject } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, async (environment) => {
    const change = await readDeployChange(call);
    if (!change.value) return reject(change.diagnostics);
    const planned = await makePlan(call, environment, change.value);
    return planned.ok ? showPlanned(planned.value) : planned.result;
  });
}
