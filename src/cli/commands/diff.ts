import type { CommandCall, CommandResult } from '../command.ts';
import { parameterOf } from '../input/options.ts';
import { parseNumber } from '../input/pairs.ts';
import { answerWith, withEnvironment } from '../input/with-environment.ts';
import { describeDifference } from '../output/difference.ts';
import { reject } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const from = parseNumber(parameterOf(call, 'FROM') ?? '', 'the number of a deployment');
  const to = parseNumber(parameterOf(call, 'TO') ?? '', 'the number of a deployment');
  if (from.value === undefined || to.value === undefined) return reject([...from.diagnostics, ...to.diagnostics]);
  const query = { from: from.value, to: to.value };
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('deployments.diff', { ...environment, ...query }, { signal: call.host.signal });
    return answerWith(answer, (data) => describeDifference(data, call.output));
  });
}
