import { failWith } from './failure.ts';
import { runGit } from './run-git.ts';
import type { Workspace } from './workspace.ts';

/** `raced`: somebody else was faster, and it can be tried again on top of theirs. */
export type PushResult = 'pushed' | 'raced';

/** Pushes a commit to the branch, never by force. Reports: T6106, T6107. */
export async function pushCommit({ place, gitDir, signal }: Workspace, commit: string): Promise<PushResult> {
  const args = ['push', '--porcelain', '--no-verify', '--', place.repository, `${commit}:refs/heads/${place.branch}`];
  const { code, output, message } = await runGit({ gitDir, signal, args });
  if (code === 0) return 'pushed';
  const said = [findRejection(output.toString('utf8')), message].filter((text) => text !== '').join('; ');
  if (isRace(said)) return 'raced';
  if (/currently checked out/.test(said)) {
    throw failWith(
      'T6107',
      `${place.branch} is checked out in ${place.shown}. Use a bare repository (\`git init --bare\`), or another branch.`,
    );
  }
  throw failWith('T6106', `${place.shown} did not take the commit for ${place.branch}: ${said}.`);
}

function findRejection(porcelain: string): string {
  const line = porcelain.split('\n').find((each) => each.startsWith('!'));
  return line?.split('\t')[2] ?? '';
}

function isRace(said: string): boolean {
  if (/hook declined|hook failed/.test(said)) return false;
  return /fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref|reference already exists|incorrect old value/.test(
    said,
  );
}
