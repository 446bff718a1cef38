import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { GoFiles, GoProgram } from './go-programs.ts';
import { lock } from './lock.ts';

const execute = promisify(execFile);

/** Where built programs are kept; outside the work tree, so that they survive a fresh clone. */
const cacheFolder = process.env['TUTTI_TEST_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'tutti-test');

const buildMsMax = 20 * 60_000;
const outputBytesMax = 64 * 1024 * 1024;

/** Says whether programs can be built here. */
export async function hasGo(): Promise<boolean> {
  return execute('go', ['version']).then(
    () => true,
    () => false,
  );
}

/** Where a built program lies, whether it is there or not. */
function pathOf({ name, version }: GoProgram): string {
  return join(cacheFolder, 'bin', version, name);
}

export function isBuilt(program: GoProgram): Promise<boolean> {
  return exists(pathOf(program));
}

/** Where files of a module are kept, whether they are there or not. */
function pathsOf({ name, version, files }: GoFiles): readonly string[] {
  return files.map((file) => join(cacheFolder, 'files', version, name, basename(file)));
}

export async function isFetched(files: GoFiles): Promise<boolean> {
  return (await Promise.all(pathsOf(files).map(exists))).every(Boolean);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Gives the path of a program, built where it is not there yet.
 * Rule: a build that is broken off leaves no half program; two at once wait for each other.
 */
export async function build(program: GoProgram, log: (line: string) => void): Promise<string> {
  const path = pathOf(program);
  if (await isBuilt(program)) return path;
  const release = await lock(`${path}.lock`, buildMsMax);
  try {
    if (await isBuilt(program)) return path;
    log(`Building ${program.name} ${program.version}; this takes a few minutes, once.`);
    await compile(program, path);
    return path;
  } finally {
    await release();
  }
}

async function compile(program: GoProgram, path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-go-'));
  try {
    const { Dir } = await download(program.module, program.version);
    await go(folder, 'mod', 'init', 'tutti.dev/test/build');
    await go(folder, 'mod', 'edit', `-require=${program.module}@${program.version}`, ...(await listReplaces(program, join(Dir, 'go.mod'))));
    await writeFile(join(folder, 'tools.go'), `//go:build tools\n\npackage tools\n\nimport _ "${program.main}"\n`);
    await go(folder, 'mod', 'tidy');
    const linker = ['-s', '-w', ...(program.linkerFlags ?? [])].join(' ');
    await go(folder, 'build', '-trimpath', '-ldflags', linker, '-o', join(folder, 'out'), program.main);
    await chmod(join(folder, 'out'), 0o755);
    await copyWhole(join(folder, 'out'), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Replace {
  readonly Old: { readonly Path: string; readonly Version?: string };
  readonly New: { readonly Path: string; readonly Version?: string };
}

/** What a module replaces counts only for itself: whoever builds it has to say the same. */
async function listReplaces({ staging }: GoProgram, goMod: string): Promise<readonly string[]> {
  const { stdout } = await execute('go', ['mod', 'edit', '-json', goMod]);
  const parsed: { readonly Replace?: readonly Replace[] | null } = JSON.parse(stdout);
  return (parsed.Replace ?? []).flatMap(({ Old, New }) => {
    const isFolder = New.Path.startsWith('.');
    if (isFolder && staging === undefined) return [];
    const target = isFolder ? `${Old.Path}@${staging}` : `${New.Path}@${New.Version ?? ''}`;
    return [`-replace=${Old.Path}${Old.Version === undefined ? '' : `@${Old.Version}`}=${target}`];
  });
}

/** Gives the paths of files of a published module, fetched where they are not there yet. */
export async function fetchFiles(files: GoFiles): Promise<readonly string[]> {
  const paths = pathsOf(files);
  if (await isFetched(files)) return paths;
  const { Dir } = await download(files.module, files.version);
  for (const [index, path] of paths.entries()) await copyWhole(join(Dir, files.files[index] ?? ''), path);
  return paths;
}

/** Within one file system a rename is one step; from another it is not, so the last step is made beside the target. */
async function copyWhole(from: string, to: string): Promise<void> {
  const beside = `${to}.${process.pid}.new`;
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, beside);
  await rename(beside, to);
}

/** A published module, in Go's own cache. */
async function download(module: string, version: string): Promise<{ readonly Dir: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-go-'));
  try {
    const { stdout } = await execute('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: folder });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function go(cwd: string, ...args: readonly string[]): Promise<void> {
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false' };
  await execute('go', [...args], { cwd, env, timeout: buildMsMax, maxBuffer: outputBytesMax });
}
