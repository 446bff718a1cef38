import { carryOut } from '../../change/carry-out.ts';
import { makePlan } from '../../change/make-plan.ts';
import type { CommandCall, CommandResult } from '../../command.ts';
import { optionOf, optionsOf, parameterOf } from '../../input/options.ts';
import { parsePairs } from '../../input/pairs.ts';
import { withProject } from '../../input/with-environment.ts';
import { harmless } from '../../output/paint.ts';
import { complete, reject, reportFailure } from '../../result.ts';

/** An environment of its own with what another one has, but for its secrets; then what runs there. */
export async function run(call: CommandCall): Promise<CommandResult> {
  const labels = parsePairs(optionsOf(call, 'label'), 'a label as KEY=VALUE (--label)');
  if (!labels.value) return reject(labels.diagnostics);
  const [from, environment] = [parameterOf(call, 'FROM') ?? '', parameterOf(call, 'NAME') ?? ''];
  return withProject(call, async (project, client) => {
    const { signal } = call.host;
    const source = await client.call('environments.show', { project, environment: from }, { signal });
    if (!source.ok) return reportFailure(source);
    const type = optionOf(call, 'type') ?? source.data.type;
    const body = { environment, type, from, labels: labels.value ?? {} };
    const created = await client.call('environments.create', { project, body }, { signal });
    if (!created.ok) return reportFailure(created);
    const name = harmless(`${project}/${environment}`);
    call.output.note(`Created the environment ${name} of the type ${harmless(type)}, with the values of ${harmless(from)}.`);
    const planned = await makePlan(call, { project, environment }, { kind: 'promote', from });
    if (planned.ok) return carryOut(call, { project, environment }, planned.value);
    const isEmpty = planned.result.diagnostics.some(({ code }) => code === 'T8019');
    return isEmpty ? complete(created.data, `Nothing runs in ${harmless(from)} that could be deployed.`) : planned.result;
  });
}
