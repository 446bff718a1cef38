import type { CommandCall, CommandResult } from '../../command.ts';
import { parsePairs } from '../../input/pairs.ts';
import { answerWith, withEnvironment } from '../../input/with-environment.ts';
import { describeValues } from '../../output/values.ts';
import { reject } from '../../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const pairs = parsePairs(call.parameters['KEY=VALUE'] ?? [], 'a value as KEY=VALUE');
  if (!pairs.value) return reject(pairs.diagnostics);
  const body = { set: pairs.value };
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('values.change', { ...environment, body }, { signal: call.host.signal });
    return answerWith(answer, ({ values }) => describeValues(values, call.output));
  });
}
