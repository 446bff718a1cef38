import type { Client } from '../../client/index.ts';
import { diagnose } from '../../core/index.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { complete, reportFailure } from '../result.ts';

export interface AwaitedWorkload {
  readonly environment: EnvironmentName;
  readonly workload: string;
}

/**
 * Waits until a workload is healthy again.
 * Reports: T9018 (it has failed for good).
 */
export async function awaitHealth(call: CommandCall, client: Client, { environment, workload }: AwaitedWorkload): Promise<CommandResult> {
  for await (const item of client.stream('runtime.watch', environment, { signal: call.host.signal })) {
    if (!item.ok) return reportFailure(item);
    const health = item.event.status.workloads.find(({ name }) => name === workload)?.health;
    if (health === 'healthy') return complete({ health }, `${workload} is healthy.`);
    if (health === 'degraded' || health === undefined) return describeUnhealthy({ environment, workload });
  }
  return describeUnhealthy({ environment, workload });
}

function describeUnhealthy({ environment, workload }: AwaitedWorkload): CommandResult {
  const where = `--project ${environment.project} --env ${environment.environment}`;
  const detail = `${workload} is not healthy. Look with:\n  tutti status --instances ${where}\n  tutti logs ${workload} ${where}`;
  return { exitCode: exitCodes.failed, diagnostics: [diagnose('T9018', { detail })], data: null };
}
