import { diagnose, hasErrors, settle, succeed, type Diagnostic, type Outcome } from '../../core/index.ts';
import type { OperationInput } from '../../client/index.ts';
import type { CommandCall } from '../command.ts';
import { optionOf, optionsOf } from './options.ts';
import { parsePairs } from './pairs.ts';
import { loadPlatform } from './platform.ts';
import { loadReadableSources, loadSources } from './sources.ts';

export type FileScope = OperationInput<'files.validate'>['body'];
type FileContext = NonNullable<FileScope['context']>;

const formats = ['kubernetes', 'compose'] as const;

/**
 * Loads all that an operation on files needs, as the command line says it.
 * Reports: what loading the parts reports; T9001 for a malformed option.
 */
export async function loadFileScope(names: readonly string[], call: CommandCall): Promise<Outcome<FileScope>> {
  const scope = await loadReadableScope(names, call, loadSources);
  return hasErrors(scope.diagnostics) ? { diagnostics: scope.diagnostics } : scope;
}

/** The same without the Score files that cannot be loaded, beside errors for these. */
export async function loadReadableScope(
  names: readonly string[],
  call: CommandCall,
  load: typeof loadSources = loadReadableSources,
): Promise<Outcome<FileScope>> {
  const settings = readSettings(call);
  if (!settings.value) return { diagnostics: settings.diagnostics };
  const platform = await loadNamedPlatform(call);
  const sources = await load(names, call);
  const diagnostics: readonly Diagnostic[] = [...platform.diagnostics, ...sources.diagnostics];
  if (!sources.value?.length || !platform.value) return { diagnostics };
  return { value: { sources: sources.value, ...platform.value, ...settings.value }, diagnostics };
}

/** Nothing where none is named: the built-in one is meant. */
async function loadNamedPlatform(call: CommandCall): Promise<Outcome<Pick<FileScope, 'platform'>>> {
  const folder = optionOf(call, 'platform');
  if (folder === undefined) return succeed({});
  const { value, diagnostics } = await loadPlatform(folder, call);
  return value ? succeed({ platform: value }, diagnostics) : { diagnostics };
}

/** What the command line says beside files. */
function readSettings(call: CommandCall): Outcome<Pick<FileScope, 'context' | 'values' | 'images'>> {
  const context = readContext(call);
  const values = parsePairs(optionsOf(call, 'set'), 'a value as KEY=VALUE (--set)');
  const images = parseImages(call);
  const settings = {
    ...(context.value && { context: context.value }),
    ...(values.value && { values: values.value }),
    ...(images.value && { images: images.value }),
  };
  return settle(
    settings,
    [context, values, images].flatMap((each) => each.diagnostics),
  );
}

/** The key of an image without a name. */
const anyWorkload = '*';

/** Images by workload or container, or by `*`. */
export function parseImages(call: Pick<CommandCall, 'options'>): Outcome<Readonly<Record<string, string>>> {
  const texts = optionsOf(call, 'image').map((text) => (text === '' || text.includes('=') ? text : `${anyWorkload}=${text}`));
  return parsePairs(texts, 'an image as REF, WORKLOAD=REF or WORKLOAD/CONTAINER=REF (--image)');
}

/** Names that nobody gave are left to the API, which says them in its answer. */
function readContext(call: CommandCall): Outcome<FileContext> {
  const { env } = call.host;
  const format = optionOf(call, 'format');
  const known = formats.find((each) => each === format);
  if (format !== undefined && !known) {
    return { diagnostics: [diagnose('T9001', { detail: `"${format}" is not a format: kubernetes or compose (--format).` })] };
  }
  const context = {
    project: optionOf(call, 'project') ?? env['TUTTI_PROJECT'],
    environment: optionOf(call, 'env') ?? env['TUTTI_ENV'],
    environmentType: optionOf(call, 'env-type'),
    target: optionOf(call, 'target'),
    format: known,
  };
  return { value: dropAbsent(context), diagnostics: [] };
}

function dropAbsent({
  project,
  environment,
  environmentType,
  target,
  format,
}: { readonly [Key in keyof FileContext]-?: FileContext[Key] | undefined }): FileContext {
  return {
    ...(project && { project }),
    ...(environment && { environment }),
    ...(environmentType && { environmentType }),
    ...(target && { target }),
    ...(format && { format }),
  };
}
