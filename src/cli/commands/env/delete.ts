import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { answerWith, withProject } from '../../input/with-environment.ts';
import { harmless } from '../../output/paint.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const environment = parameterOf(call, 'NAME') ?? '';
  return withProject(call, async (project, client) => {
    const answer = await client.call('environments.delete', { project, environment }, { signal: call.host.signal });
    return answerWith(answer, () => `Deleted the environment ${harmless(`${project}/${environment}`)}.`);
  });
}
