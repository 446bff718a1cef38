import type { CommandCall, CommandResult } from '../command.ts';
import { optionOf } from '../input/options.ts';
import { complete, reportFailure } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const { host } = call;
  const server = optionOf(call, 'server') ?? host.env['TUTTI_SERVER'];
  if (!server) return complete({ version: host.version }, `tutti ${host.version}`);
  const client = await call.client('files');
  const answer = await client.call('system.version', {}, { signal: host.signal });
  if (!answer.ok) return reportFailure(answer);
  return complete({ version: host.version, server: answer.data }, `tutti ${host.version}\nserver ${answer.data.version}`);
}
