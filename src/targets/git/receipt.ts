import { composeFile, manifestsFolder, type TargetReceipt, type TargetRequest } from '../../core/index.ts';
import type { Workspace } from './workspace.ts';

/** Says where the result lies. Without a commit nothing had to be written. */
export function makeReceipt(
  { place }: Workspace,
  { context }: Pick<TargetRequest, 'context'>,
  revision: string | undefined,
): TargetReceipt {
  const { shown, branch, path } = place;
  const clone = `git clone --quiet --branch ${branch} ${quoteForShell(shown)} checkout`;
  const folder = ['checkout', ...(path === '' ? [] : [path])].join('/');
  const run =
    context.format === 'compose'
      ? `docker compose -f ${quoteForShell(`${folder}/${composeFile}`)} up -d --wait`
      : `kubectl apply --server-side -f ${quoteForShell(`${folder}/${manifestsFolder}`)}`;
  return {
    location: `${shown}, branch ${branch}, folder ${path === '' ? '/' : path}`,
    // What a CD tool does by itself, by hand.
    nextCommand: `${clone} && ${run}`,
    ...(revision !== undefined && { revision }),
  };
}

function quoteForShell(text: string): string {
  return /^[\w./:@+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
