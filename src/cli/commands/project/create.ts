import type { CommandCall, CommandResult } from '../../command.ts';
import { optionOf, parameterOf } from '../../input/options.ts';
import { answerWith } from '../../input/with-environment.ts';
import { harmless } from '../../output/paint.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const displayName = optionOf(call, 'display-name');
  const body = { name: parameterOf(call, 'NAME') ?? '', ...(displayName !== undefined && { displayName }) };
  const client = await call.client('store');
  const answer = await client.call('projects.create', { body }, { signal: call.host.signal });
  return answerWith(answer, (data) => `Created the project ${harmless(data.name)}.`);
}
