import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TargetRequest } from '../../core/index.ts';
import { failWith } from './failure.ts';
import { choosePlace, type GitPlace } from './place.ts';
import { mustRunGit, runGit } from './run-git.ts';

/** A repository of our own beside the one that is deployed to; it has no working tree, so no path in it is ever followed on disk. */
export interface Workspace {
  readonly place: GitPlace;
  readonly gitDir: string;
  readonly signal: AbortSignal;
}

/** Runs something in a fresh workspace and removes it afterwards. */
export async function inWorkspace<T>(request: TargetRequest, run: (workspace: Workspace) => Promise<T>): Promise<T> {
  const place = choosePlace(request);
  request.signal.throwIfAborted();
  const gitDir = await mkdtemp(join(tmpdir(), 'tutti-git-'));
  try {
    const { signal } = request;
    await mustRunGit({ gitDir, signal, args: ['init', '--quiet', '--bare', '--template='] });
    return await run({ place, gitDir, signal });
  } finally {
    await rm(gitDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Fetches the newest commit of the branch; nothing where the branch does not exist. Reports: T6105. */
export async function fetchHead({ place, gitDir, signal }: Workspace): Promise<string | undefined> {
  const ref = `refs/heads/${place.branch}`;
  const listed = await runGit({ gitDir, signal, args: ['ls-remote', '--', place.repository, ref] });
  if (listed.code !== 0) throw failUnreadable(place, listed.message);
  const lines = listed.output.toString('utf8').split('\n');
  if (!lines.some((line) => line.endsWith(`\t${ref}`))) return undefined;
  const args = ['fetch', '--quiet', '--no-tags', '--depth=1', '--force', '--', place.repository, `${ref}:refs/tutti/head`];
  const fetched = await runGit({ gitDir, signal, args });
  if (fetched.code !== 0) throw failUnreadable(place, fetched.message);
  const commit = await mustRunGit({ gitDir, signal, args: ['rev-parse', '--verify', 'refs/tutti/head^{commit}'] });
  return commit.toString('utf8').trim();
}

function failUnreadable({ shown, isLocal }: GitPlace, message: string) {
  const hint =
    isLocal && /does not appear to be a git repository|No such file/.test(message) ? ` \`git init --bare ${shown}\` makes one.` : '';
  return failWith('T6105', `${shown}: ${message || 'git gave no reason'}.${hint}`);
}
