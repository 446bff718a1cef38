import { lstat, mkdir, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { manifestsFolder, type TargetRequest } from '../../core/index.ts';
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
  await checkManifests(root);
  return { root, shown };
}

/** Finds the folder, and makes it where it does not exist, for its owner alone. */
export async function openFolder(request: TargetRequest): Promise<Folder> {
  const { wanted, shown } = await choosePath(request);
  await mkdir(wanted, { recursive: true, mode: 0o700 });
  const root = await realpath(wanted);
  await checkManifests(root);
  await mkdir(join(root, manifestsFolder), { recursive: true, mode: 0o700 });
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

async function checkManifests(root: string): Promise<void> {
  const stat = await lstat(join(root, manifestsFolder)).catch(ignoreMissing);
  if (stat && !stat.isDirectory()) throw failWith('T6003', `"${manifestsFolder}" in the target's folder is no folder, or a symbolic link.`);
}

export function ignoreMissing(error: unknown): undefined {
  if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
  throw error;
}
