import type { CommandCall, CommandResult } from '../../command.ts';
import { answerWith } from '../../input/with-environment.ts';
import { formatTable } from '../../output/table.ts';
import { showTime } from '../../output/time.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const client = await call.client('store');
  const answer = await client.call('projects.list', {}, { signal: call.host.signal });
  return answerWith(answer, ({ projects }) => {
    if (projects.length === 0) return 'No projects yet. Create one with `tutti project create NAME`.';
    const rows = projects.map((each) => [each.name, each.displayName ?? '', showTime(each.createdAt)]);
    return formatTable(['PROJECT', 'DISPLAY NAME', 'CREATED'], rows, call.output);
  });
}
