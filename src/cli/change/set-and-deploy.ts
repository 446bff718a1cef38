import type { CommandCall, CommandResult } from '../command.ts';
import type { Client, OperationInput } from '../../client/index.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { reportFailure } from '../result.ts';
import { carryOut } from './carry-out.ts';
import { makePlan } from './make-plan.ts';
import { readChangeOptions } from './requests.ts';

export interface Setting {
  readonly environment: EnvironmentName;
  /** Without any only what differs is deployed. */
  readonly values?: OperationInput<'values.change'>['body'];
}

/** Changes values of an environment and deploys what that makes different; the values stay, whatever becomes of the deployment. */
export async function setAndDeploy(call: CommandCall, client: Client, { environment, values }: Setting): Promise<CommandResult> {
  const kept = values && (await client.call('values.change', { ...environment, body: values }, { signal: call.host.signal }));
  if (kept && !kept.ok) return reportFailure(kept);
  const planned = await makePlan(call, environment, { kind: 'deploy', ...readChangeOptions(call) });
  return planned.ok ? carryOut(call, environment, planned.value) : planned.result;
}
