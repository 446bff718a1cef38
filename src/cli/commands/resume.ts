import type { CommandCall, CommandResult } from '../command.ts';
import { followToEnd } from '../change/carry-out.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { reportFailure } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('deployments.resume', environment, { signal: call.host.signal });
    return answer.ok ? followToEnd(call, answer.data) : reportFailure(answer);
  });
}
