import { pauseKey } from '../../core/index.ts';
import { setAndDeploy } from '../change/set-and-deploy.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { withEnvironment } from '../input/with-environment.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  return withEnvironment(call, (environment, client) =>
    setAndDeploy(call, client, { environment, values: { set: { [pauseKey]: 'true' } } }),
  );
}
