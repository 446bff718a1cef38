import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { decodeText, diagnose, fail, parseYaml, succeed, type Diagnostic, type Outcome } from '../../core/index.ts';

const fileCountMax = 10_000;
const sizeMax = 4_194_304;

/**
 * Reads a regular file.
 * Reports: T9005 it cannot be read; T9009 it is larger than tutti takes.
 */
export async function readBytes(path: string, shown: string): Promise<Outcome<Uint8Array>> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) return fail(describeUnreadable(shown, facts.isDirectory() ? 'is a folder' : 'is no regular file'));
    if (facts.size > sizeMax)
      return fail(diagnose('T9009', { detail: `"${shown}" has ${facts.size} bytes; at most ${sizeMax} are read.` }));
    return succeed(await readFile(path));
  } catch (error) {
    return fail(describeUnreadable(shown, explainError(error)));
  }
}

/** Reads a regular file as UTF-8; what is wrong with its bytes names the file. */
export async function readText(path: string, shown: string): Promise<Outcome<string>> {
  const bytes = await readBytes(path, shown);
  return bytes.value ? decodeYaml(bytes.value, shown) : { diagnostics: bytes.diagnostics };
}

/** Reads bytes as the text of a configuration file. A NUL, which no request can carry, is found here, where its place is known. */
export function decodeYaml(bytes: Uint8Array, shown: string): Outcome<string> {
  const decoded = decodeText(bytes, shown);
  return decoded.value?.includes('\0') ? { diagnostics: parseYaml(shown, decoded.value).diagnostics } : decoded;
}

export function describeUnreadable(shown: string, why: string): Diagnostic {
  return diagnose('T9005', { detail: `"${shown}" ${why}.` });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist: a part of the path is no folder',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  EISDIR: 'is a folder',
  ELOOP: 'is a symbolic link that leads to itself',
  ENAMETOOLONG: 'is longer than a name may be',
};

/** Why the system refused, in words. */
export function explainError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? `cannot be read (${code || 'unknown'})`;
}

/** Where a link leads may not lie outside: what is deployed must not depend on files that nobody named. */
export async function isWithin(folder: string, path: string): Promise<boolean> {
  const [root, target] = await Promise.all([realpath(folder), realpath(path)]);
  return target === root || target.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** A path as diagnostics name it: relative to where the command runs, with slashes, as it was given where it is absolute. */
export function showPath(cwd: string, given: string): string {
  const shown = isAbsolute(given) ? given : relative(cwd, resolve(cwd, given)) || '.';
  return shown.split(sep).join('/');
}

const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.tutti']);

export interface FolderRequest {
  readonly cwd: string;
  readonly folder: string;
  readonly accepts: (name: string) => boolean;
  /** Only the folder's own files, not those of the folders in it. */
  readonly isShallow?: true;
}

/**
 * Lists the files below a folder that a rule accepts, sorted.
 * Rule: hidden folders and `node_modules` are passed by; links to folders are not followed; a link to a file must stay within the folder.
 * Reports: T9005, T9007, T9009.
 */
export async function listFolder(request: FolderRequest): Promise<Outcome<readonly string[]>> {
  const found: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const waiting = [request.folder];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const listed = await listOne(request, folder);
    diagnostics.push(...listed.diagnostics);
    found.push(...listed.files);
    if (!request.isShallow) waiting.push(...listed.folders);
    if (found.length + waiting.length <= fileCountMax) continue;
    return fail(
      diagnose('T9009', { detail: `"${showPath(request.cwd, request.folder)}" holds more than ${fileCountMax} files or folders.` }),
    );
  }
  return { value: found.toSorted(), diagnostics };
}

interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

async function listOne({ cwd, folder: root, accepts }: FolderRequest, folder: string): Promise<Listing> {
  const listing: { files: string[]; folders: string[]; diagnostics: Diagnostic[] } = { files: [], folders: [], diagnostics: [] };
  try {
    for (const entry of await readdir(resolve(cwd, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith('.') && !skippedFolders.has(entry.name)) listing.folders.push(path);
      if (entry.isDirectory() || !accepts(entry.name)) continue;
      if (entry.isSymbolicLink() && !(await isWithin(resolve(cwd, root), resolve(cwd, path)))) {
        listing.diagnostics.push(diagnose('T9007', { detail: `"${showPath(cwd, path)}" leads out of "${showPath(cwd, root)}".` }));
      } else listing.files.push(path);
    }
  } catch (error) {
    listing.diagnostics.push(describeUnreadable(showPath(cwd, folder), explainError(error)));
  }
  return listing;
}

/** `undefined` where there is nothing. */
export async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return (await lstat(path).catch(() => undefined)) ? 'file' : undefined;
  }
}
