import type { CommandCall, CommandResult } from '../command.ts';
import { answerWith, withEnvironment } from '../input/with-environment.ts';
import { describeStatus } from '../output/status.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('environments.status', environment, { signal: call.host.signal });
    return answerWith(answer, (data) => describeStatus(data, call.output));
  });
}
