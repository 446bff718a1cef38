import type { TargetReceipt } from '../../core/index.ts';
import type { Workspace } from './workspace.ts';

/** Says where the result lies. Without a commit nothing had to be written. */
export function makeReceipt({ place }: Workspace, revision: string | undefined): TargetReceipt {
  const { shown, branch, path } = place;
  const clone = `git clone --quiet --branch ${branch} ${quoteForShell(shown)} checkout`;
  const manifests = ['checkout', ...(path === '' ? [] : [path]), 'manifests'].join('/');
  return {
    location: `${shown}, branch ${branch}, folder ${path === '' ? '/' : path}`,
    // What a CD tool does by itself, by hand.
    nextCommand: `${clone} && kubectl apply --server-side -f ${quoteForShell(manifests)}`,
    ...(revision !== undefined && { revision }),
  };
}

function quoteForShell(text: string): string {
  return /^[\w./:@+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
