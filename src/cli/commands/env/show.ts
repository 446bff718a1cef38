import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { answerWith, withProject } from '../../input/with-environment.ts';
import { describeEnvironments } from '../../output/environments.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const environment = parameterOf(call, 'NAME') ?? '';
  return withProject(call, async (project, client) => {
    const answer = await client.call('environments.show', { project, environment }, { signal: call.host.signal });
    return answerWith(answer, (data) => describeEnvironments([data], call.output));
  });
}
