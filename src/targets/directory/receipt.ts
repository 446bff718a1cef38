import { composeFile, manifestsFolder, type TargetReceipt, type TargetRequest } from '../../core/index.ts';
import type { Folder } from './folder.ts';

export function makeReceipt({ shown }: Folder, { context }: Pick<TargetRequest, 'context'>): TargetReceipt {
  const nextCommand =
    context.format === 'compose'
      ? `docker compose -f ${quoteForShell(`${shown}/${composeFile}`)} up -d --wait`
      : `kubectl apply --server-side -f ${quoteForShell(`${shown}/${manifestsFolder}`)}`;
  return { location: shown, nextCommand };
}

function quoteForShell(text: string): string {
  return /^[\w./:@-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
