import { dirname, resolve } from 'node:path';
import { diagnose, hasErrors, type Diagnostic, type Outcome, type Overrides, type ScoreSource } from '../../core/index.ts';
import type { CommandCall } from '../command.ts';
import { attachFiles } from './attachments.ts';
import { checkOverridden, loadOverrides } from './overrides.ts';
import { decodeYaml, kindOf, listFolder, readText, showPath } from './read-file.ts';

type World = Pick<CommandCall, 'host' | 'options' | 'sources'>;

/** How diagnostics name what came from standard input. */
const stdinFile = '<stdin>';

/**
 * Loads Score files with the files that they name by `source`.
 * Rule: a folder gives its `score.yaml` and `*.score.yaml`, at any depth; `-` is standard input; the same file named twice is read once.
 * Overrides come with the only Score file.
 * Shape: what the command line names in (nothing means the current folder's own); sources in the order of the line, folders sorted.
 * Reports: T9001, T9005, T9006, T9007, T9009, and what `decodeText` says.
 */
export async function loadSources(names: readonly string[], world: World): Promise<Outcome<readonly ScoreSource[]>> {
  return demandAll(await loadReadableSources(names, world));
}

/** Loads what can be loaded, beside errors for the rest: for a command that only checks, so that it tells of all problems at once. */
export async function loadReadableSources(names: readonly string[], world: World): Promise<Outcome<readonly ScoreSource[]>> {
  if (names.length > 0) return loadListed(await listAll(names, world), world);
  const own = await listOwn(world);
  const isNone = own.value?.length === 0;
  const detail = 'The current folder holds neither "score.yaml" nor "*.score.yaml". Name a file or a folder.';
  return isNone ? { diagnostics: [diagnose('T9006', { detail })] } : loadListed(own, world);
}

/** The Score files of the current folder itself, where nothing is named; there may be none. */
export async function loadOwnSources(world: World): Promise<Outcome<readonly ScoreSource[]>> {
  return demandAll(await loadListed(await listOwn(world), world));
}

function demandAll<T>(loaded: Outcome<T>): Outcome<T> {
  return hasErrors(loaded.diagnostics) ? { diagnostics: loaded.diagnostics } : loaded;
}

function listOwn({ host }: World): Promise<Outcome<readonly string[]>> {
  return listFolder({ cwd: host.cwd, folder: '.', accepts: isScoreFile, isShallow: true });
}

async function loadListed(listed: Outcome<readonly string[]>, world: World): Promise<Outcome<readonly ScoreSource[]>> {
  const overrides = await loadOverrides(world);
  const names = listed.value ?? [];
  const unfit = listed.value ? checkOverridden(names.length, world) : [];
  if (!overrides.value || unfit.length > 0) return { diagnostics: [...listed.diagnostics, ...overrides.diagnostics, ...unfit] };
  const diagnostics: Diagnostic[] = [...listed.diagnostics, ...overrides.diagnostics];
  const loaded: ScoreSource[] = [];
  for (const name of names) {
    const source = await loadSource(name, overrides.value, world);
    diagnostics.push(...source.diagnostics);
    if (source.value) loaded.push(source.value);
  }
  return { value: loaded, diagnostics };
}

async function listAll(names: readonly string[], { host }: World): Promise<Outcome<readonly string[]>> {
  const found = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const name of names) {
    const listed = await listNamed(name, host.cwd);
    diagnostics.push(...listed.diagnostics);
    for (const each of listed.value ?? []) found.set(each === '-' ? each : resolve(host.cwd, each), each);
  }
  return { value: [...found.values()], diagnostics };
}

async function listNamed(name: string, cwd: string): Promise<Outcome<readonly string[]>> {
  if (name === '-' || (await kindOf(resolve(cwd, name))) !== 'folder') return { value: [name], diagnostics: [] };
  const listed = await listFolder({ cwd, folder: name, accepts: isScoreFile });
  if (listed.value?.length !== 0 || listed.diagnostics.length > 0) return listed;
  return {
    diagnostics: [
      diagnose('T9006', { detail: `"${showPath(cwd, name)}" and the folders in it hold neither "score.yaml" nor "*.score.yaml".` }),
    ],
  };
}

function isScoreFile(name: string): boolean {
  return /(^|\.)score\.ya?ml$/.test(name);
}

async function loadSource(name: string, overrides: Overrides, world: World): Promise<Outcome<ScoreSource>> {
  const { cwd } = world.host;
  const file = name === '-' ? stdinFile : showPath(cwd, name);
  const read = name === '-' ? decodeYaml(await world.host.readStdin(), file) : await readText(resolve(cwd, name), file);
  if (read.value === undefined) return { diagnostics: read.diagnostics };
  const text = read.value;
  world.sources.set(file, text);
  const folder = name === '-' ? cwd : dirname(resolve(cwd, name));
  const written = { file, text, ...(Object.keys(overrides).length > 0 && { overrides }) };
  const attached = await attachFiles(written, { folder, cwd });
  const source = { ...written, ...(Object.keys(attached.value).length > 0 && { attachments: attached.value }) };
  return { value: source, diagnostics: [...read.diagnostics, ...attached.diagnostics] };
}
