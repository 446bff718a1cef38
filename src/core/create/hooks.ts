import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnose } from '../diagnostics/report.ts';
import { describeObject, splitObjectKey } from '../model/object-key.ts';
import type { RenderedObject } from '../model/rendering.ts';
import { mapOf, textOf } from './render/make-object.ts';

/** When the run of a hook belongs to a deployment. */
export type HookTime = 'before' | 'after';

/** On a Job: it is run once for each deployment that changes what it belongs to, instead of standing among the objects. */
const hookAnnotation = 'tutti.dev/hook';

/** On a hook: what it does cannot be undone (a migration of a schema). */
const irreversibleAnnotation = 'tutti.dev/irreversible';

/** Says whether what a hook does cannot be undone. */
export function isIrreversible({ body }: Pick<RenderedObject, 'body'>): boolean {
  return textOf(mapOf(mapOf(body['metadata'])['annotations'])[irreversibleAnnotation]) === 'true';
}

/** When an object is run as a hook; nothing where it is none. */
export function hookTimeOf({ body }: Pick<RenderedObject, 'body'>): HookTime | undefined {
  const value = textOf(mapOf(mapOf(body['metadata'])['annotations'])[hookAnnotation]);
  return value === 'before' || value === 'after' ? value : undefined;
}

/**
 * Says which hooks cannot be run.
 * Reports: T5106.
 */
export function checkHooks(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  return objects.flatMap(({ key, body }) => {
    const value = mapOf(mapOf(body['metadata'])['annotations'])[hookAnnotation];
    if (value === undefined) return [];
    if (value !== 'before' && value !== 'after') {
      return [diagnose('T5106', { detail: `${describeObject(key)}: \`${hookAnnotation}\` is "before" or "after".` })];
    }
    const { group, kind } = splitObjectKey(key);
    if (group === 'batch' && kind === 'Job') return [];
    return [diagnose('T5106', { detail: `${describeObject(key)} is no Job: only Jobs can be run as hooks.` })];
  });
}
