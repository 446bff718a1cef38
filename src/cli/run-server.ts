import { exitCodes, type CommandCall, type CommandResult, type ExitCode } from './command.ts';
import type { ServeOptions } from './host.ts';
import { optionOf } from './input/options.ts';

/** Runs a server until the signal; its exit code is the command's. */
export async function runServer(call: CommandCall, serve: (options: ServeOptions) => Promise<number>): Promise<CommandResult> {
  const listen = optionOf(call, 'listen') ?? call.host.env['TUTTI_LISTEN'];
  const dataDir = optionOf(call, 'data-dir') ?? call.host.env['TUTTI_DATA_DIR'];
  const code = await serve({ ...(listen && { listen }), ...(dataDir && { dataDir }) });
  return { exitCode: readExitCode(code), diagnostics: [], data: {} };
}

function readExitCode(code: number): ExitCode {
  return Object.values(exitCodes).find((each) => each === code) ?? exitCodes.failed;
}
