import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { answerWith } from '../../input/with-environment.ts';
import { harmless } from '../../output/paint.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const project = parameterOf(call, 'NAME') ?? '';
  const client = await call.client('store');
  const answer = await client.call('projects.delete', { project }, { signal: call.host.signal });
  return answerWith(answer, () => `Deleted the project ${harmless(project)}.`);
}
