import { basename, resolve } from 'node:path';
import { diagnose, fail, hasErrors, type Diagnostic, type Outcome, type PlatformFile } from '../../core/index.ts';
import type { CommandCall } from '../command.ts';
import { describeUnreadable, kindOf, listFolder, readText, showPath } from './read-file.ts';

const platformFile = /\.(?:ya?ml|tpl)$/;
const toolFile = /\.(?:provisioners\.yaml|tpl)$/;
const toolFolders: ReadonlySet<string> = new Set(['.score-k8s', '.score-compose']);

/**
 * Loads the platform configuration of a folder: all `*.yaml`, `*.yml` and patch templates (`*.tpl`) at any depth, sorted.
 * Rule: of the folder in which a Score tool keeps a project only its provisioner files and patch templates are taken.
 * Reports: T9005, T9007, T9009, T9015, and what `decodeText` says.
 */
export async function loadPlatform(
  folder: string,
  { host, sources }: Pick<CommandCall, 'host' | 'sources'>,
): Promise<Outcome<readonly PlatformFile[]>> {
  const { cwd } = host;
  const kind = await kindOf(resolve(cwd, folder));
  if (kind !== 'folder')
    return fail(describeUnreadable(showPath(cwd, folder), kind ? 'is a file; name the folder that holds it' : 'does not exist'));
  const isTools = toolFolders.has(basename(resolve(cwd, folder)));
  const accepts = (name: string): boolean => (isTools ? toolFile : platformFile).test(name);
  const listed = await listFolder({ cwd, folder, accepts, ...(isTools && { isShallow: true }) });
  const diagnostics: Diagnostic[] = [...listed.diagnostics];
  const files: PlatformFile[] = [];
  for (const path of listed.value ?? []) {
    const file = showPath(cwd, path);
    const read = await readText(resolve(cwd, path), file);
    diagnostics.push(...read.diagnostics);
    if (read.value === undefined) continue;
    sources.set(file, read.value);
    files.push({ file, text: read.value });
  }
  if (files.length === 0 && !hasErrors(diagnostics))
    diagnostics.push(diagnose('T9015', { detail: `"${showPath(cwd, folder)}" holds no YAML file.` }));
  return hasErrors(diagnostics) ? { diagnostics } : { value: files, diagnostics };
}
