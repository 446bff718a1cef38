import type { CommandCall, CommandResult } from '../../command.ts';
import { answerWith, withEnvironment } from '../../input/with-environment.ts';
import { describeValues } from '../../output/values.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const body = { unset: call.parameters['KEY'] ?? [] };
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('values.change', { ...environment, body }, { signal: call.host.signal });
    return answerWith(answer, ({ values }) => describeValues(values, call.output));
  });
}
