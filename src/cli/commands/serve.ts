import type { CommandCall, CommandResult } from '../command.ts';
import { runServer } from '../run-server.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return runServer(call, call.host.serve);
}
