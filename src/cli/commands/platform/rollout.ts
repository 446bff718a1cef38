import type { CommandCall, CommandResult } from '../../command.ts';
import { carryOut } from '../../change/carry-out.ts';
import { makePlan } from '../../change/make-plan.ts';
import { readChangeOptions } from '../../change/requests.ts';
import { optionOf, parameterOf } from '../../input/options.ts';
import { parseNumber } from '../../input/pairs.ts';
import { findEnvironment } from '../../input/stored.ts';
import { reject } from '../../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const number = optionOf(call, 'to');
  const to = number === undefined ? undefined : parseNumber(number, 'the number of a platform release');
  if (to && to.value === undefined) return reject(to.diagnostics);
  const environment = await findEnvironment(call, parameterOf(call, 'ENV'));
  if (!environment.ok) return environment.result;
  const change = { kind: 'rollout', ...(to?.value !== undefined && { to: to.value }), ...readChangeOptions(call) } as const;
  const planned = await makePlan(call, environment.value, change);
  return planned.ok ? carryOut(call, environment.value, planned.value) : planned.result;
}
