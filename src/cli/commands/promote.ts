import { carryOut } from '../change/carry-out.ts';
import { makePlan } from '../change/make-plan.ts';
import { readChangeOptions } from '../change/requests.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { parameterOf } from '../input/options.ts';
import { findEnvironment } from '../input/stored.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const found = await findEnvironment(call, parameterOf(call, 'TO'));
  if (!found.ok) return found.result;
  const change = { kind: 'promote', from: parameterOf(call, 'FROM') ?? '', ...readChangeOptions(call) } as const;
  const planned = await makePlan(call, found.value, change);
  return planned.ok ? carryOut(call, found.value, planned.value) : planned.result;
}
