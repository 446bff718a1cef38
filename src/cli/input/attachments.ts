import { relative, resolve, sep } from 'node:path';
import { diagnose, locate, placeFileSources, type Diagnostic, type Outcome, type ScoreSource } from '../../core/index.ts';
import { describeUnreadable, explainError, isWithin, kindOf, readBytes, showPath } from './read-file.ts';

export interface Attached {
  /** By path relative to the Score file. */
  readonly value: Readonly<Record<string, { readonly base64: string }>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where a Score file lies, and where the command runs. */
export interface Surroundings {
  readonly folder: string;
  readonly cwd: string;
}

/**
 * Loads the files that a Score file names by `source`.
 * Rule: a file that leads out of the Score file's folder by a link is an error, where it is named; one that is outside by its very name, or
 * absent, is left to reading. One that cannot be loaded comes as an empty one, so that it is complained about once.
 * Reports: T9005, T9007, T9009.
 */
export async function attachFiles(source: ScoreSource, surroundings: Surroundings): Promise<Attached> {
  const found = new Map<string, { readonly base64: string }>();
  const diagnostics: Diagnostic[] = [];
  for (const { path, place } of placeFileSources(source)) {
    if (found.has(path)) continue;
    const read = await readAttachment(path, surroundings);
    if (!read) continue;
    found.set(path, { base64: Buffer.from(read.value ?? []).toString('base64') });
    diagnostics.push(...read.diagnostics.map((each) => ({ ...each, place })));
  }
  return { value: Object.fromEntries(found), diagnostics: locate(diagnostics, [source]) };
}

async function readAttachment(path: string, { folder, cwd }: Surroundings): Promise<Outcome<Uint8Array> | undefined> {
  const target = resolve(folder, path);
  if (!target.startsWith(folder + sep) || (await kindOf(target)) === undefined) return undefined;
  return readWithin(folder, target, showPath(cwd, relative(cwd, target)));
}

async function readWithin(folder: string, target: string, shown: string): Promise<Outcome<Uint8Array>> {
  try {
    if (await isWithin(folder, target)) return await readBytes(target, shown);
    return { diagnostics: [diagnose('T9007', { detail: `"${shown}" leads out of the folder of the Score file.` })] };
  } catch (error) {
    return { diagnostics: [describeUnreadable(shown, explainError(error))] };
  }
}
