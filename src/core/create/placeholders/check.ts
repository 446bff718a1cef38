import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import type { Json } from '../../model/value.ts';
import type { DeclaredWorkload } from '../../model/workload.ts';
import { checkReference, type PlaceholderScope } from './resolve.ts';
import { scanPlaceholders, type ScoreReference } from './scan.ts';

interface PlacedText {
  readonly text: string;
  readonly place: Place;
  /** `${resources.NAME}` without an output means the resource as a volume. */
  readonly isVolume: boolean;
}

/**
 * Checks the placeholders of a workload as far as its file alone tells.
 * Rule: what a resource will give is said by a definition, so outputs are not looked at; metadata and names of resources are.
 * Reports: T3201, T3202, T3203 for metadata, T3204; all of them, each at its place in the Score file.
 */
export function checkPlaceholders(workload: DeclaredWorkload): readonly Diagnostic[] {
  const scope: PlaceholderScope = {
    metadata: workload.metadata,
    needNames: Object.keys(workload.needs),
    outputsOf: (name) => (Object.hasOwn(workload.needs, name) ? {} : undefined),
  };
  return listTexts(workload).flatMap(({ text, place, isVolume }) =>
    scanPlaceholders(text).flatMap((part) =>
      part.kind === 'text' || isLaterKnown(part, scope, isVolume) ? [] : checkReference(part, text, { scope, place }),
    ),
  );
}

function isLaterKnown(part: ScoreReference, { needNames }: PlaceholderScope, isVolume: boolean): boolean {
  const [root, name, ...keys] = part.path;
  return root === 'resources' && name !== undefined && needNames.includes(name) && (keys.length > 0 || isVolume);
}

function listTexts({ containers, needs, origin }: DeclaredWorkload): readonly PlacedText[] {
  const texts: PlacedText[] = [];
  const root: Place = { ...origin, path: [] };
  for (const [name, container] of Object.entries(containers)) {
    const at = extendPlace(root, 'containers', name);
    for (const [key, text] of Object.entries(container.variables))
      texts.push({ text, place: extendPlace(at, 'variables', key), isVolume: false });
    for (const [target, file] of Object.entries(container.files)) {
      if (file.kind === 'text' && file.isExpanded)
        texts.push({ text: file.text, place: extendPlace(at, 'files', target, 'content'), isVolume: false });
    }
    for (const [target, volume] of Object.entries(container.volumes)) {
      texts.push({ text: volume.source, place: extendPlace(at, 'volumes', target, 'source'), isVolume: true });
    }
  }
  for (const need of Object.values(needs)) collectTexts(need.params ?? {}, extendPlace(need.place, 'params'), texts);
  return texts;
}

function collectTexts(value: Json, place: Place, texts: PlacedText[]): void {
  if (typeof value === 'string') texts.push({ text: value, place, isVolume: false });
  else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value))
      collectTexts(each, extendPlace(place, Array.isArray(value) ? Number(key) : key), texts);
  }
}
