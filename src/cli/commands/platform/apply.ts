import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { loadPlatform } from '../../input/platform.ts';
import { answerWith } from '../../input/with-environment.ts';
import { reject } from '../../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const loaded = await loadPlatform(parameterOf(call, 'DIR') ?? '', call);
  if (!loaded.value) return reject(loaded.diagnostics);
  const client = await call.client('store');
  const answer = await client.call('releases.create', { body: { files: loaded.value } }, { signal: call.host.signal });
  return answerWith(answer, ({ release }) => {
    const next = 'Environments stay on theirs until it is rolled out: tutti platform rollout ENV';
    return `Platform release ${release.number} (${release.digest.slice(0, 12)}).\n${next}`;
  });
}
