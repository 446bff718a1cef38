import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { answerWith, withEnvironment } from '../../input/with-environment.ts';
import { harmless } from '../../output/paint.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const key = parameterOf(call, 'KEY') ?? '';
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('secrets.unset', { ...environment, key }, { signal: call.host.signal });
    return answerWith(answer, () => `Removed the secret ${harmless(key)}.`);
  });
}
