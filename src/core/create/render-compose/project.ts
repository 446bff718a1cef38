import { compareText } from '../../model/compare.ts';
import { splitObjectKey } from '../../model/object-key.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import { entryOf, type ComposeEntry, type Section } from './sections.ts';

const projectSections: readonly Section[] = ['services', 'volumes', 'networks', 'configs', 'secrets', 'models'];

/** Says whether an entry stands in `compose.yaml` itself, not beside it. */
export function isInProject({ section }: Pick<ComposeEntry, 'section'>): boolean {
  return projectSections.includes(section);
}

/**
 * Joins the objects of an environment to one Compose project.
 * Rule: the project is called as the environment's slug; what lies beside it is left aside.
 * Shape: objects in, the data of `compose.yaml` out, keys sorted; linear but for the sorting.
 */
export function joinProject(objects: readonly RenderedObject[]): ValueObject {
  const sorted = objects.toSorted((left, right) => compareText(left.key, right.key));
  const sections = new Map<string, Record<string, Value>>();
  for (const object of sorted) {
    const entry = entryOf(object);
    if (!entry || !isInProject(entry)) continue;
    const members = sections.get(entry.section) ?? {};
    members[entry.name] = entry.value;
    sections.set(entry.section, members);
  }
  const [first] = sorted;
  const name = first ? { name: splitObjectKey(first.key).namespace } : {};
  return { ...name, ...Object.fromEntries([...sections].toSorted(([left], [right]) => compareText(left, right))) };
}
