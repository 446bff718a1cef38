import { printYaml } from '../../../core/index.ts';
import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { answerWith, withEnvironment } from '../../input/with-environment.ts';
import { harmless } from '../../output/paint.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const uid = parameterOf(call, 'UID') ?? '';
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('resources.show', { ...environment, uid }, { signal: call.host.signal });
    return answerWith(answer, (data) => harmless(printYaml({ ...data })));
  });
}
