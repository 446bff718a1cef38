import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import { hasSwitch, parameterOf } from '../input/options.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { awaitHealth } from '../change/await-health.ts';
import { complete, reportFailure } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const workload = parameterOf(call, 'WORKLOAD') ?? '';
  return withEnvironment(call, async (environment, client) => {
    const answer = await client.call('runtime.restart', { ...environment, body: { workload } }, { signal: call.host.signal });
    if (!answer.ok) return reportFailure(answer);
    const { restarted } = answer.data;
    const said = `Restarting ${restarted.join(', ')}.`;
    if (hasSwitch(call, 'no-wait')) return complete(answer.data, said, answer.diagnostics);
    if (!call.output.isJson) call.output.note(said);
    const waited = await awaitHealth(call, client, { environment, workload });
    return waited.exitCode === exitCodes.done ? { ...waited, data: answer.data } : waited;
  });
}
