import { manifestsFolder, type TargetReceipt } from '../../core/index.ts';
import type { Folder } from './folder.ts';

export function makeReceipt({ shown }: Folder): TargetReceipt {
  return { location: shown, nextCommand: `kubectl apply --server-side -f ${quoteForShell(`${shown}/${manifestsFolder}`)}` };
}

function quoteForShell(text: string): string {
  return /^[\w./:@-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
