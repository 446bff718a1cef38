import type { TargetReceipt } from '../../core/index.ts';
import type { Workspace } from './workspace.ts';

/** Says where the result lies. Without a commit nothing had to be written. */
export function makeReceipt({ place }: Workspace, revision: string | undefined): TargetReceipt {
  const { shown, branch, path, isLocal } = place;
  const scope = path === '' ? '' : ` -- ${quoteForShell(path)}`;
  const look = `git -C ${quoteForShell(shown)} log --stat ${branch}${scope}`;
  return {
    location: `${shown}, branch ${branch}, folder ${path === '' ? '/' : path}`,
    nextCommand: isLocal ? look : `git clone --branch ${branch} ${quoteForShell(shown)}`,
    ...(revision !== undefined && { revision }),
  };
}

function quoteForShell(text: string): string {
  return /^[\w./:@+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
