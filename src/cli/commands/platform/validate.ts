import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { loadPlatform } from '../../input/platform.ts';
import { answerWith } from '../../input/with-environment.ts';
import { describePlatform } from '../../output/platform.ts';
import { reject } from '../../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const loaded = await loadPlatform(parameterOf(call, 'DIR') ?? '', call);
  if (!loaded.value) return reject(loaded.diagnostics);
  const client = await call.client('files');
  const answer = await client.call('releases.validate', { body: { files: loaded.value } }, { signal: call.host.signal });
  return answerWith(answer, (data) => `${describePlatform(data, call.output)}\n\n${call.output.paint.good('Valid.')}`);
}
