import type { CommandCall, CommandResult } from '../../command.ts';
import { optionOf, optionsOf, parameterOf } from '../../input/options.ts';
import { parsePairs } from '../../input/pairs.ts';
import { answerWith, withProject } from '../../input/with-environment.ts';
import { harmless } from '../../output/paint.ts';
import { reject } from '../../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const labels = parsePairs(optionsOf(call, 'label'), 'a label as KEY=VALUE (--label)');
  if (!labels.value) return reject(labels.diagnostics);
  const environment = parameterOf(call, 'NAME') ?? '';
  const body = { environment, type: optionOf(call, 'type') ?? environment, labels: labels.value };
  return withProject(call, async (project, client) => {
    const answer = await client.call('environments.create', { project, body }, { signal: call.host.signal });
    return answerWith(
      answer,
      (data) =>
        `Created the environment ${harmless(`${data.project}/${data.environment}`)} of the type ${harmless(data.type)}, on platform release ${data.release}.`,
    );
  });
}
