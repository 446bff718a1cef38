import type { Client, OperationOutput } from '../../client/index.ts';
import { carryOut } from '../change/carry-out.ts';
import { makePlan } from '../change/make-plan.ts';
import { readChangeOptions } from '../change/requests.ts';
import { diagnose } from '../../core/index.ts';
import { exitCodes, type CommandCall, type CommandResult } from '../command.ts';
import { hasSwitch, optionOf } from '../input/options.ts';
import type { EnvironmentName } from '../input/stored.ts';
import { withEnvironment } from '../input/with-environment.ts';
import { describeDrift } from '../output/drift.ts';
import { complete, reject, reportFailure } from '../result.ts';

type Drift = OperationOutput<'drift.show'>;

export async function run(call: CommandCall): Promise<CommandResult> {
  const accepted = optionOf(call, 'accept');
  if (accepted !== undefined && hasSwitch(call, 'revert')) {
    return reject([diagnose('T9001', { detail: 'A change is accepted or reverted: give one of --accept and --revert.' })]);
  }
  return withEnvironment(call, async (environment, client) => {
    if (hasSwitch(call, 'revert')) return revert(call, environment);
    const answer = await client.call('drift.show', environment, { signal: call.host.signal });
    if (!answer.ok) return reportFailure(answer);
    if (accepted !== undefined) return accept(call, client, { environment, key: accepted, drift: answer.data });
    const result = complete(answer.data, describeDrift(answer.data, environment, call.output), answer.diagnostics);
    const isDrifted = answer.data.objects.length > 0;
    return isDrifted && hasSwitch(call, 'exit-code') ? { ...result, exitCode: exitCodes.problem } : result;
  });
}

/** A deployment sets right whatever is not as it was deployed. */
async function revert(call: CommandCall, environment: EnvironmentName): Promise<CommandResult> {
  const planned = await makePlan(call, environment, { kind: 'deploy', ...readChangeOptions(call) });
  return planned.ok ? carryOut(call, environment, planned.value) : planned.result;
}

interface Acceptance {
  readonly environment: EnvironmentName;
  readonly key: string;
  readonly drift: Drift;
}

/** Accepts the fields that differ now, besides those that were accepted before. */
async function accept(call: CommandCall, client: Client, { environment, key, drift }: Acceptance): Promise<CommandResult> {
  const object = drift.objects.find((each) => each.key === key);
  const paths = [...new Set([...(object?.accepted ?? []), ...(object?.fields ?? []).map(({ path }) => path)])];
  if (!object || object.kind !== 'changed' || paths.length === 0) {
    const detail = `"${key}" has no fields that differ. What can be accepted: ${listKeys(drift)}.`;
    return reject([diagnose('T9001', { detail })]);
  }
  const answer = await client.call('drift.accept', { ...environment, body: { key, paths } }, { signal: call.host.signal });
  if (!answer.ok) return reportFailure(answer);
  return complete({ key, paths }, [`Left as others set them, from now on, of ${key}:`, ...paths.map((path) => `  ${path}`)].join('\n'));
}

function listKeys({ objects }: Drift): string {
  return objects.flatMap(({ key, kind }) => (kind === 'changed' ? [key] : [])).join(', ') || 'nothing';
}
