import type { Client } from '../../client/index.ts';
import { carryOut } from '../change/carry-out.ts';
import { makePlan, type Plan } from '../change/make-plan.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import { hasSwitch, optionOf } from '../input/options.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { describeDestruction, type Remains } from '../output/destruction.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const reason = optionOf(call, 'reason');
  const change = {
    kind: 'destroy',
    ...(hasSwitch(call, 'delete-data') && { deleteData: true }),
    ...(reason !== undefined && { reason }),
  } as const;
  return withEnvironment(call, async (environment, client) => {
    const planned = await makePlan(call, environment, change);
    if (!planned.ok) return planned.result;
    const result = await carryOut(call, environment, planned.value);
    const { plan } = planned.value;
    const isDone = result.exitCode === exitCodes.done && !hasSwitch(call, 'dry-run') && !plan.plan.summary.isEmpty;
    return isDone ? report(call, client, { environment, plan, result }) : result;
  });
}

interface Destroyed {
  readonly environment: EnvironmentName;
  readonly plan: Plan;
  readonly result: CommandResult;
}

/** What is gone, what is kept, and what nobody could look at. */
async function report(call: CommandCall, client: Client, { environment, plan, result }: Destroyed): Promise<CommandResult> {
  const status = await client.call('environments.status', environment, { signal: call.host.signal });
  if (!status.ok) return result;
  const { objects, resources, target, health } = status.data;
  const removed = plan.plan.changes.filter(({ action }) => action === 'delete').map(({ subject }) => subject);
  const remains: Remains = {
    gone: {
      workloads: removed.filter(({ kind }) => kind === 'workload').length,
      resources: removed.filter(({ kind }) => kind === 'resource').length,
      objects: removed.filter(({ kind }) => kind === 'object').length,
    },
    keptResources: resources.map(({ uid }) => uid),
    keptObjects: objects.map(({ key }) => key),
    isVerified: target?.type === 'kubernetes' || (target !== undefined && health !== 'not-observed'),
  };
  return {
    ...result,
    data: { ...Object(result.data), report: remains },
    text: describeDestruction(environment, remains, result.text ?? ''),
  };
}
