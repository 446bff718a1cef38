import type { CommandCall, CommandResult } from '../../command.ts';
import { answerWith, withProject } from '../../input/with-environment.ts';
import { describeEnvironments } from '../../output/environments.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return withProject(call, async (project, client) => {
    const answer = await client.call('environments.list', { project }, { signal: call.host.signal });
    return answerWith(answer, ({ environments }) => describeEnvironments(environments, call.output));
  });
}
