import type { CommandCall, CommandResult } from '../command.ts';
import { carryOut } from '../change/carry-out.ts';
import { makePlan } from '../change/make-plan.ts';
import { readChangeOptions } from '../change/requests.ts';
import { parameterOf } from '../input/options.ts';
import { parseNumber } from '../input/pairs.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { reject } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const number = parameterOf(call, 'NUMBER');
  const to = number === undefined ? undefined : parseNumber(number, 'the number of a deployment');
  if (to && to.value === undefined) return reject(to.diagnostics);
  return withEnvironment(call, async (environment) => {
    const change = { kind: 'rollback', ...(to?.value !== undefined && { to: to.value }), ...readChangeOptions(call) } as const;
    const planned = await makePlan(call, environment, change);
    return planned.ok ? carryOut(call, environment, planned.value) : planned.result;
  });
}
