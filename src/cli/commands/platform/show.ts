import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { parseNumber } from '../../input/pairs.ts';
import { answerWith } from '../../input/with-environment.ts';
import { harmless } from '../../output/paint.ts';
import { describePlatform } from '../../output/platform.ts';
import { showTime } from '../../output/time.ts';
import { reject } from '../../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const text = parameterOf(call, 'NUMBER');
  const number = text === undefined ? undefined : parseNumber(text, 'the number of a platform release');
  if (number && number.value === undefined) return reject(number.diagnostics);
  const client = await call.client('store');
  const answer = await client.call('releases.show', { release: number?.value ?? 'newest' }, { signal: call.host.signal });
  return answerWith(answer, ({ release, platform }) => {
    const head = `Platform release ${release.number} (${release.digest.slice(0, 12)}), by ${harmless(release.createdBy)} at ${showTime(release.createdAt)}`;
    return `${head}\n\n${describePlatform(platform, call.output)}`;
  });
}
