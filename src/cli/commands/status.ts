import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import { hasSwitch } from '../input/options.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { answerWith, withEnvironment } from '../input/with-environment.ts';
import { createStatusBoard } from '../output/status-board.ts';
import { describeInstances } from '../output/instances.ts';
import { describeStatus } from '../output/status.ts';
import { complete, reportFailure } from '../result.ts';
import type { Client } from '../../client/index.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, async (environment, client) => {
    if (hasSwitch(call, 'watch')) return watch(call, client, environment);
    const answer = await client.call('environments.status', environment, { signal: call.host.signal });
    if (!answer.ok || !hasSwitch(call, 'instances')) return answerWith(answer, (data) => describeStatus(data, call.output));
    const runtime = await client.call('runtime.list', environment, { signal: call.host.signal });
    if (!runtime.ok) return reportFailure(runtime);
    const text = `${describeStatus(answer.data, call.output)}\n\n${describeInstances(runtime.data, call.output)}`;
    return complete({ ...answer.data, ...runtime.data }, text, [...answer.diagnostics, ...runtime.diagnostics]);
  });
}

/** Shows the status whenever it changes, until somebody interrupts. */
async function watch(call: CommandCall, client: Client, environment: EnvironmentName): Promise<CommandResult> {
  const { signal } = call.host;
  const show = createStatusBoard(call);
  try {
    for await (const item of client.stream('runtime.watch', environment, { signal })) {
      if (!item.ok) return reportFailure(item);
      show(item.event);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return signal.aborted ? { exitCode: exitCodes.interrupted, diagnostics: [], data: null } : complete(null, 'The environment is gone.');
}
