import type { Client, OperationInput, OperationOutput } from '../../client/index.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { complete, reportFailure } from '../result.ts';

export type LogLine = OperationOutput<'runtime.logs'>;

export type LogQuery = Omit<OperationInput<'runtime.logs'>, 'project' | 'environment'>;

export interface LogRequest {
  readonly environment: EnvironmentName;
  readonly query: LogQuery;
  readonly take: (line: LogLine) => void;
}

/** Takes lines as they come, until there are no more or somebody interrupts; who follows ends by interrupting. */
export async function readLogs(call: CommandCall, client: Client, { environment, query, take }: LogRequest): Promise<CommandResult> {
  const { signal } = call.host;
  try {
    for await (const item of client.stream('runtime.logs', { ...environment, ...query }, { signal })) {
      if (!item.ok) return reportFailure(item);
      take(item.event);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return signal.aborted ? { exitCode: exitCodes.interrupted, diagnostics: [], data: null } : complete(null);
}
