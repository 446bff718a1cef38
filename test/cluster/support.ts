import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { listFileSources, readPlatform } from '../../src/core/index.ts';
import { scoreFor } from '../provisioners/support.ts';
import type { Manifest } from './tools/dry-run.ts';

export interface CommandEnd {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end. */
export function runCommand(path: string, args: readonly string[], cwd?: string): Promise<CommandEnd> {
  return new Promise((resolve) => {
    execFile(path, [...args], { maxBuffer: 64 * 1024 * 1024, ...(cwd !== undefined && { cwd }) }, (error, output, errors) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, output, errors });
    });
  });
}

/** Runs the command line. */
export function tutti(...args: readonly string[]): Promise<CommandEnd> {
  return runCommand(process.execPath, [inject('tutti'), ...args]);
}

/** What a rendering to Kubernetes holds. */
export function readManifests(text: string): readonly Manifest[] {
  return parseAllDocuments(text).map((document): Manifest => document.toJS());
}

/** A folder that goes with the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-cluster-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const examples = join(import.meta.dirname, '..', '..', 'examples');

/** The example shop, with the values that an environment of it has. */
export const shop: readonly string[] = [join(examples, 'shop'), '--set', 'LOG_LEVEL=info', '--set', 'PAYMENT_KEY=none'];

export const examplePlatform = join(examples, 'platform');

const corpus = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus', 'score');

/**
 * The public Score files, by their paths; none where they are not there.
 * Rule: without the samples of the specification, which show the shape alone; their types are made up, and nothing can be rendered of them.
 */
export function listCorpus(): readonly string[] {
  const folder = join(corpus, 'examples');
  if (!existsSync(folder)) {
    process.stderr.write('The corpus is not there: the public Score files were passed by.\n');
    return [];
  }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.yaml')).toSorted();
}

/** Copies a public Score file with everything that it names, made up where it is not public. */
export async function copyCorpusFile(file: string): Promise<string> {
  const text = await readFile(join(corpus, 'examples', file), 'utf8');
  const folder = await makeFolder();
  const path = join(folder, 'score.yaml');
  await writeFile(path, text);
  for (const source of listFileSources({ file, text })) {
    const target = join(folder, source);
    if (relative(folder, target).startsWith('..')) continue;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, `what ${source} holds\n`);
  }
  return path;
}

/** Options that make a public file complete: an image where it leaves that open. */
export async function completeOptions(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8');
  return /^\s*image:\s*["']?\.["']?\s*$/m.test(text) ? ['--image', 'example.com/app:1.0.0'] : [];
}

const provisioners = join(corpus, 'provisioners');

/** A folder with the default provisioner file of a tool as platform, and a Score file that needs everything in it. */
export async function copyProvisioners(tool: 'kubernetes' | 'compose'): Promise<readonly string[] | undefined> {
  const file = `${tool}-default.provisioners.yaml`;
  if (!existsSync(join(provisioners, file))) {
    process.stderr.write('The corpus is not there: the default provisioner files were passed by.\n');
    return undefined;
  }
  const text = await readFile(join(provisioners, file), 'utf8');
  const folder = await makeFolder();
  await mkdir(join(folder, 'platform'));
  await writeFile(join(folder, 'platform', file), text);
  const definitions = readPlatform([{ file, text }]).value?.definitions ?? [];
  await writeFile(join(folder, 'score.yaml'), scoreFor(definitions));
  return [join(folder, 'score.yaml'), '--platform', join(folder, 'platform')];
}
