import type { CommandCall, CommandResult } from '../../command.ts';
import { parameterOf } from '../../input/options.ts';
import { describeEnvironments } from '../../output/environments.ts';
import { harmless } from '../../output/paint.ts';
import { showTime } from '../../output/time.ts';
import { complete, reportFailure } from '../../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const project = parameterOf(call, 'NAME') ?? '';
  const { signal } = call.host;
  const client = await call.client('store');
  const answer = await client.call('projects.show', { project }, { signal });
  if (!answer.ok) return reportFailure(answer);
  const listed = await client.call('environments.list', { project }, { signal });
  if (!listed.ok) return reportFailure(listed);
  const { environments } = listed.data;
  const { name, displayName, createdAt } = answer.data;
  const head = `${call.output.paint.strong(harmless(name))}${displayName === undefined ? '' : `  ${harmless(displayName)}`}  created ${showTime(createdAt)}`;
  return complete(
    { project: answer.data, environments },
    `${head}\n\n${describeEnvironments(environments, call.output)}`,
    answer.diagnostics,
  );
}
