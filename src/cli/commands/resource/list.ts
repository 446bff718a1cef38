import type { CommandCall, CommandResult } from '../../command.ts';
import { answerWith, withEnvironment } from '../../input/with-environment.ts';
import { formatTable } from '../../output/table.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('resources.list', environment, { signal: call.host.signal });
    return answerWith(answer, ({ resources }) => {
      if (resources.length === 0) return 'No resources.';
      const rows = resources.map((each) => [each.uid, each.status, each.definition, each.driver, each.neededBy.join(', ')]);
      return formatTable(['RESOURCE', 'STATUS', 'DEFINITION', 'DRIVER', 'NEEDED BY'], rows, call.output);
    });
  });
}
