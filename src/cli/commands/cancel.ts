import type { Client } from '../../client/index.ts';
import { diagnose, hasEnded } from '../../core/index.ts';
import { followDeployment } from '../change/follow-deployment.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import { parameterOf } from '../input/options.ts';
import { parseNumber } from '../input/pairs.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { complete, reject, reportFailure } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const text = parameterOf(call, 'NUMBER');
  const given = text === undefined ? undefined : parseNumber(text, 'the number of a deployment');
  if (given && given.value === undefined) return reject(given.diagnostics);
  return withEnvironment(call, async (environment, client) => {
    const number = given?.value ?? (await findOldest(call, client, environment));
    if (number === undefined) {
      return reject([diagnose('T9001', { detail: `No deployment of ${environment.project}/${environment.environment} is under way.` })]);
    }
    const asked = await client.call('deployments.cancel', { ...environment, number }, { signal: call.host.signal });
    if (!asked.ok) return reportFailure(asked);
    const end = await followDeployment(call, client, asked.data);
    if (!end.ok) return reportFailure(end);
    const { status, diagnostics } = end.data;
    const said = diagnostics.filter(({ code }) => code === 'T5109').map(({ detail }) => detail);
    const result = complete(end.data, [`Deployment ${number} is ${status}.`, ...said].join('\n'));
    // It may have come to its end before it could be cancelled.
    return status === 'cancelled' ? result : { ...result, exitCode: exitCodes.failed };
  });
}

/** The one that is carried out now. */
async function findOldest(call: CommandCall, client: Client, environment: EnvironmentName): Promise<number | undefined> {
  const page = await client.call('deployments.list', environment, { signal: call.host.signal });
  return page.ok ? page.data.deployments.findLast(({ status }) => !hasEnded(status))?.number : undefined;
}
