import { resolve } from 'node:path';
import { diagnose, fail, hasErrors, propertiesFile, succeed, type Diagnostic, type Outcome, type Overrides } from '../../core/index.ts';
import type { CommandCall } from '../command.ts';
import { optionsOf } from './options.ts';
import { readText, showPath } from './read-file.ts';

/** Says whether anything is laid over the Score file. */
export function hasOverrides(call: Pick<CommandCall, 'options'>): boolean {
  return optionsOf(call, 'overrides-file').length + optionsOf(call, 'override-property').length > 0;
}

/**
 * Loads what is laid over the Score file: `--overrides-file`, then `--override-property`.
 * Rule: nothing where neither is given.
 * Reports: T9001 for a property without `=`, T9005, T9009, and what `decodeText` says.
 */
export async function loadOverrides(call: Pick<CommandCall, 'options' | 'host' | 'sources'>): Promise<Outcome<Overrides>> {
  const properties = optionsOf(call, 'override-property');
  const bad = properties.filter((each) => !each.includes('='));
  if (bad.length > 0) return fail(...bad.map(describeBad));
  const { cwd } = call.host;
  const diagnostics: Diagnostic[] = [];
  const files: { readonly file: string; readonly text: string }[] = [];
  for (const name of optionsOf(call, 'overrides-file')) {
    const file = showPath(cwd, name);
    const read = await readText(resolve(cwd, name), file);
    diagnostics.push(...read.diagnostics);
    if (read.value === undefined) continue;
    call.sources.set(file, read.value);
    files.push({ file, text: read.value });
  }
  if (hasErrors(diagnostics)) return { diagnostics };
  if (properties.length > 0) call.sources.set(propertiesFile, properties.join('\n'));
  return succeed({ ...(files.length > 0 && { files }), ...(properties.length > 0 && { properties }) }, diagnostics);
}

function describeBad(property: string): Diagnostic {
  return diagnose('T9001', { detail: `"${property}" is not a property as PATH=VALUE (--override-property); PATH= takes away.` });
}

/** Overrides are for one workload. Reports: T9001. */
export function checkOverridden(count: number, call: Pick<CommandCall, 'options'>): readonly Diagnostic[] {
  if (count === 1 || !hasOverrides(call)) return [];
  const name = optionsOf(call, 'overrides-file').length > 0 ? '--overrides-file' : '--override-property';
  const given = count === 0 ? 'none is given' : `${count} are given`;
  return [diagnose('T9001', { detail: `${name} is for exactly one Score file; ${given}. Run the command once for each.` })];
}
