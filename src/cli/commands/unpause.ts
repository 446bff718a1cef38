import { pauseKey } from '../../core/index.ts';
import { setAndDeploy } from '../change/set-and-deploy.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { reportFailure } from '../result.ts';

/** Asked twice it goes on where it was: the first deployment may have failed. */
export async function run(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, async (environment, client) => {
    const status = await client.call('environments.status', environment, { signal: call.host.signal });
    if (!status.ok) return reportFailure(status);
    const values = status.data.isPaused ? { values: { unset: [pauseKey] } } : {};
    return setAndDeploy(call, client, { environment, ...values });
  });
}
