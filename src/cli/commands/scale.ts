import { diagnose, didYouMean, type Diagnostic } from '../../core/index.ts';
import type { Client } from '../../client/index.ts';
import { setAndDeploy } from '../change/set-and-deploy.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { parsePairs } from '../input/pairs.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { reject, reportFailure } from '../result.ts';

/** Sets how many replicas workloads have, for this deployment and those to come. */
export async function run(call: CommandCall): Promise<CommandResult> {
  const pairs = parsePairs(call.parameters['WORKLOAD=COUNT'] ?? [], 'a number of replicas as WORKLOAD=COUNT');
  if (!pairs.value) return reject(pairs.diagnostics);
  const wanted = Object.entries(pairs.value);
  const wrong = wanted.filter(([, count]) => !/^\d{1,4}$/.test(count)).map(reportCount);
  if (wrong.length > 0) return reject(wrong);
  return withEnvironment(call, async (environment, client) => {
    const unknown = await findUnknown(call, client, { environment, names: wanted.map(([name]) => name) });
    if (unknown) return unknown;
    const set = Object.fromEntries(wanted.map(([name, count]) => [`${name}.replicas`, String(Number(count))]));
    return setAndDeploy(call, client, { environment, values: { set } });
  });
}

function reportCount([name, count]: readonly [string, string]): Diagnostic {
  return diagnose('T9001', { detail: `"${name}=${count}": a whole number of replicas from 0 to 9999 is meant.` });
}

interface Names {
  readonly environment: EnvironmentName;
  readonly names: readonly string[];
}

/** A value for a workload that is not there would wait for one of that name. */
async function findUnknown(call: CommandCall, client: Client, { environment, names }: Names): Promise<CommandResult | undefined> {
  const status = await client.call('environments.status', environment, { signal: call.host.signal });
  if (!status.ok) return reportFailure(status);
  const known = status.data.workloads.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return undefined;
  return reject(unknown.map((name) => diagnose('T9001', { detail: `No workload "${name}" is deployed here.${didYouMean(name, known)}` })));
}
