import { diagnose, hasErrors, type Diagnostic } from '../../core/index.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { reject, reportFailure } from '../result.ts';
import { decidedOptions, optionOf } from './options.ts';

export interface EnvironmentName {
  readonly project: string;
  readonly environment: string;
}

export type Found<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly result: CommandResult };

/**
 * Which project is meant.
 * Rule: `--project`, else TUTTI_PROJECT, else the only one there is; never a guess among several.
 * Reports: T9003.
 */
export async function findProject(call: CommandCall): Promise<Found<string>> {
  const named = optionOf(call, 'project') ?? call.host.env['TUTTI_PROJECT'];
  if (named) return { ok: true, value: named };
  const client = await call.client('store');
  const answer = await client.call('projects.list', {}, { signal: call.host.signal });
  if (!answer.ok) return { ok: false, result: reportFailure(answer) };
  const names = answer.data.projects.map((each) => each.name);
  const [only] = names;
  if (only !== undefined && names.length === 1) return { ok: true, value: only };
  const detail =
    names.length === 0
      ? 'There are no projects yet. Create one with `tutti project create NAME`.'
      : `There are several: ${names.slice(0, 20).join(', ')}. Say which with --project NAME, or set TUTTI_PROJECT.`;
  return { ok: false, result: reject([diagnose('T9003', { detail })]) };
}

/**
 * Which environment of the store is meant.
 * Reports: T9002 for an option that it decides itself, T9003, T9004.
 */
export async function findEnvironment(call: CommandCall, named?: string): Promise<Found<EnvironmentName>> {
  const environment = named ?? optionOf(call, 'env') ?? call.host.env['TUTTI_ENV'];
  const diagnostics: readonly Diagnostic[] = [...checkDecided(call), ...(environment ? [] : [describeUnnamed()])];
  if (hasErrors(diagnostics) || !environment) return { ok: false, result: reject(diagnostics) };
  const project = await findProject(call);
  return project.ok ? { ok: true, value: { project: project.value, environment } } : project;
}

function describeUnnamed(): Diagnostic {
  return diagnose('T9004', { detail: 'Say which with --env NAME, or set TUTTI_ENV. `tutti env list` shows what there is.' });
}

/** Options that an environment of the store decides itself. */
export function checkDecided(call: Pick<CommandCall, 'options'>): readonly Diagnostic[] {
  return decidedOptions
    .filter((each) => optionOf(call, each.name) !== undefined)
    .map((each) =>
      diagnose('T9002', {
        detail: `An environment in the store has its own; "--${each.name}" cannot change it for one command. Leave it out.`,
      }),
    );
}

/** Says whether the command line or its surroundings name an environment. */
export function namesEnvironment(call: CommandCall): boolean {
  return Boolean(optionOf(call, 'env') ?? call.host.env['TUTTI_ENV'] ?? optionOf(call, 'project') ?? call.host.env['TUTTI_PROJECT']);
}
