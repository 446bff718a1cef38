import type { Kind } from '../changes.ts';

/** A kind within a namespace, as text. */
export function nameKind({ apiVersion, kind, namespace = '' }: Kind): string {
  return `${apiVersion}/${kind}/${namespace}`;
}
