import { diagnose, type Outcome } from '../../core/index.ts';
import type { OperationInput } from '../../client/index.ts';
import type { CommandCall } from '../command.ts';
import { parseImages } from '../input/file-scope.ts';
import { hasOverrides } from '../input/overrides.ts';
import { hasSwitch, optionOf, optionsOf } from '../input/options.ts';
import { loadOwnSources, loadSources } from '../input/sources.ts';

export type Change = OperationInput<'plans.create'>['body'];

/**
 * The change that `plan` and `deploy` ask for.
 * Rule: without a file, an image or a workload to remove, the current folder's own Score files are meant; where it has none, nothing is set,
 * and the environment is brought to what it shall be.
 * Reports: T9001, and what loading Score files reports.
 */
export async function readDeployChange(call: CommandCall): Promise<Outcome<Change>> {
  const images = parseImages(call);
  if (!images.value) return { diagnostics: images.diagnostics };
  const sources = await readSources(call);
  if (!sources.value) return { diagnostics: sources.diagnostics };
  const change: Change = {
    kind: 'deploy',
    ...(sources.value.length > 0 && { sources: sources.value }),
    ...(Object.keys(images.value).length > 0 && { images: images.value }),
    ...readRemoval(call),
    ...readChangeOptions(call),
  };
  return { value: change, diagnostics: sources.diagnostics };
}

async function readSources(call: CommandCall): ReturnType<typeof loadSources> {
  const names = call.parameters['FILE'] ?? [];
  if (names.length > 0 || hasSwitch(call, 'only')) return loadSources(names, call);
  return hasOverrides(call) || meansFiles(call) ? loadOwnSources(call) : { value: [], diagnostics: [] };
}

function readRemoval(call: CommandCall) {
  const remove = optionsOf(call, 'remove');
  return { ...(remove.length > 0 && { remove }), ...(hasSwitch(call, 'only') && { only: true }) };
}

function meansFiles(call: CommandCall): boolean {
  return optionsOf(call, 'remove').length === 0 && optionsOf(call, 'image').length === 0;
}

/** What every change may say. */
export function readChangeOptions(call: CommandCall): Pick<Change, 'reason' | 'deleteResources' | 'rebind'> {
  const reason = optionOf(call, 'reason');
  const deleteResources = optionsOf(call, 'delete-resource');
  const rebind = optionsOf(call, 'rebind');
  return {
    ...(reason !== undefined && { reason }),
    ...(deleteResources.length > 0 && { deleteResources }),
    ...(rebind.length > 0 && { rebind }),
  };
}

/** A saved plan is carried out as it is: what would change it cannot stand beside it. */
export function checkPlanOption(call: CommandCall): Outcome<string> {
  const plan = optionOf(call, 'plan');
  if (plan === undefined) return { diagnostics: [] };
  const others = ['image', 'overrides-file', 'override-property', 'remove', 'reason', 'delete-resource', 'rebind'].filter(
    (name) => optionsOf(call, name).length > 0,
  );
  const names = [...others.map((name) => `--${name}`), ...(hasSwitch(call, 'only') ? ['--only'] : []), ...(call.parameters['FILE'] ?? [])];
  if (names.length === 0) return { value: plan, diagnostics: [] };
  const detail = `A saved plan is carried out as it was shown; ${names.join(', ')} would change it. Leave that out, or make a new plan.`;
  return { diagnostics: [diagnose('T9001', { detail })] };
}
