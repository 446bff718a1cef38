import type { CommandCall, CommandResult } from '../command.ts';
import { commands } from '../commands.ts';
import { parameterOf } from '../input/options.ts';
import { writeCompletion } from '../output/completion.ts';
import { complete } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const script = writeCompletion(parameterOf(call, 'SHELL') ?? '', commands);
  return complete({ script }, script);
}
