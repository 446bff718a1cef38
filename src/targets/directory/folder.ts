import { lstat, mkdir, realpath, rmdir, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { composeFolders, filesFolder, manifestsFolder, type TargetRequest } from '../../core/index.ts';
import { failWith, hasErrorCode } from './failure.ts';

/** The folder of one environment. */
export interface Folder {
  /** Absolute, free of symbolic links. */
  readonly root: string;
  /** As people are told: relative to where relative paths start, if it lies below. */
  readonly shown: string;
}

/** Finds the folder; nothing where it does not exist. Reports: T6003, T6004. */
export async function findFolder(request: TargetRequest): Promise<Folder | undefined> {
  const { wanted, shown } = await choosePath(request);
  const root = await realpath(wanted).catch(ignoreMissing);
  if (root === undefined) return undefined;
  await checkFolders(root);
  return { root, shown };
}

/** Finds the folder, and makes it where it does not exist, for its owner alone. */
export async function openFolder(request: TargetRequest): Promise<Folder> {
  const { wanted, shown } = await choosePath(request);
  await mkdir(wanted, { recursive: true, mode: 0o700 });
  const root = await realpath(wanted);
  await checkFolders(root);
  return { root, shown };
}

async function choosePath({ inputs, context, baseDir }: TargetRequest): Promise<{ readonly wanted: string; readonly shown: string }> {
  const path = typeof inputs['path'] === 'string' ? inputs['path'] : `.tutti/out/${context.project}/${context.environment}`;
  const wanted = resolve(baseDir, path);
  if (isAbsolute(path)) return { wanted, shown: wanted };
  const [base, existing] = await Promise.all([realpath(baseDir), findExisting(wanted)]);
  if (!isBelow(resolve(baseDir), wanted) || !isBelow(base, existing)) {
    throw failWith('T6004', `The path "${path}" leads out of the folder that relative paths start from.`);
  }
  return { wanted, shown: relative(resolve(baseDir), wanted) };
}

/** The real path of the deepest folder on the way that exists. */
async function findExisting(path: string): Promise<string> {
  const real = await realpath(path).catch(ignoreMissing);
  return real ?? findExisting(dirname(path));
}

function isBelow(base: string, path: string): boolean {
  return path === base || path.startsWith(base.endsWith(sep) ? base : base + sep);
}

/** The folders below that are ours. */
export const ownFolders = [manifestsFolder, ...composeFolders] as const;

async function checkFolders(root: string): Promise<void> {
  for (const folder of ownFolders) await checkFolder(root, folder);
}

/** Says whether there is a folder. What stands in its place is never followed. */
async function checkFolder(root: string, folder: string): Promise<boolean> {
  const stat = await lstat(join(root, folder)).catch(ignoreMissing);
  if (stat && !stat.isDirectory()) throw failWith('T6003', `"${folder}" in the target's folder is no folder, or a symbolic link.`);
  return stat !== undefined;
}

/** Says whether the way to a file leads through folders alone. */
export async function isReachable({ root }: Folder, path: string): Promise<boolean> {
  for (const folder of listFolders(path)) {
    const stat = await lstat(join(root, folder)).catch(ignoreMissing);
    if (!stat?.isDirectory()) return false;
  }
  return true;
}

/** Removes a file of ours, and the folders on the way as far as they are empty then. */
export async function removeBelow(folder: Folder, path: string): Promise<void> {
  if (!(await isReachable(folder, path))) return;
  await unlink(join(folder.root, path)).catch(ignoreMissing);
  await removeFolders(folder, path);
}

/** Makes the folders on the way to a file. What is mounted from below `files` can be read by whoever a container runs as, but not got at outside of it. */
export async function makeFolders({ root }: Folder, path: string): Promise<void> {
  for (const folder of listFolders(path)) {
    const mode = folder.startsWith(`${filesFolder}/`) ? 0o755 : 0o700;
    if (!(await checkFolder(root, folder))) await mkdir(join(root, folder), { mode }).catch(ignoreExisting);
  }
}

async function removeFolders({ root }: Folder, path: string): Promise<void> {
  for (const folder of listFolders(path).toReversed()) await rmdir(join(root, folder)).catch(ignoreInUse);
}

function listFolders(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}

function ignoreExisting(error: unknown): void {
  if (!hasErrorCode(error, 'EEXIST')) throw error;
}

function ignoreInUse(error: unknown): void {
  if (!hasErrorCode(error, 'ENOTEMPTY', 'EEXIST')) ignoreMissing(error);
}

export function ignoreMissing(error: unknown): undefined {
  if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
  throw error;
}
