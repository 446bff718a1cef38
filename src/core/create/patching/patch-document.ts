import type { Diagnostic, Outcome } from '../../diagnostics/diagnostic.ts';
import { diagnose, settle } from '../../diagnostics/report.ts';
import { compareText } from '../../model/compare.ts';
import type { DeploymentContext } from '../../model/context.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import { makeUid, type Uid } from '../../model/uid.ts';
import { isValueObject, type Value, type ValueObject } from '../../model/value.ts';
import { isSection, entryOf, type ComposeEntry } from '../render-compose/sections.ts';
import { makeComposeObject } from '../render-compose/make-compose-object.ts';
import { isList, makeObject, mapOf, textOf } from '../render/make-object.ts';

/** The node that objects belong to which a patch has added: no node of any graph. */
export const patchNode = makeUid({ type: '@patch', id: 'own' });

/** What lies beside the project is no part of the document that patches see. */
const besides: ReadonlySet<string> = new Set(['files', 'directories', 'variables']);

/** Everything that was rendered as one document: the list of the objects, sorted, or the Compose project. */
export function joinDocument(objects: readonly RenderedObject[], context: DeploymentContext): Value {
  const sorted = objects.toSorted((left, right) => compareText(left.key, right.key));
  return context.format === 'kubernetes' ? sorted.map(({ body }) => body) : joinProject(sorted, context);
}

function joinProject(objects: readonly RenderedObject[], { slug }: DeploymentContext): ValueObject {
  const sections: Record<string, Record<string, Value>> = {};
  for (const object of objects) {
    const entry = entryOf(object);
    if (!entry || besides.has(entry.section)) continue;
    (sections[entry.section] ??= {})[entry.name] = entry.value;
  }
  return { name: slug, ...sections };
}

/**
 * Takes a patched document apart again.
 * Rule: an object that was there before belongs to the node that it belonged to; what a patch has added belongs to none.
 * Shape: all objects in and out.
 * Reports: T4131.
 */
export function splitDocument(
  document: Value,
  before: readonly RenderedObject[],
  context: DeploymentContext,
): Outcome<readonly RenderedObject[]> {
  const known = new Map(before.map((object) => [object.key, object]));
  const diagnostics: Diagnostic[] = [];
  const made = context.format === 'kubernetes' ? splitObjects(document, diagnostics) : splitProject(document, { context, diagnostics });
  const kept = context.format === 'kubernetes' ? [] : before.filter((object) => besides.has(entryOf(object)?.section ?? ''));
  return settle([...made.map((object) => adopt(object, known)), ...kept], diagnostics);
}

function adopt(object: RenderedObject, known: ReadonlyMap<ObjectKey, RenderedObject>): RenderedObject {
  const earlier = known.get(object.key);
  if (!earlier) return object;
  return earlier.hash === object.hash ? earlier : { ...object, node: earlier.node };
}

function splitObjects(document: Value, diagnostics: Diagnostic[]): readonly RenderedObject[] {
  if (!isList(document)) return refuse('the patches leave no list of objects', diagnostics);
  return document.flatMap((body, index) => {
    if (isValueObject(body) && isIdentified(body)) return [makeObject(patchNode, body)];
    return refuse(`the patches leave object number ${index + 1} without apiVersion, kind or metadata.name`, diagnostics);
  });
}

function isIdentified(body: ValueObject): boolean {
  return [body['apiVersion'], body['kind'], mapOf(body['metadata'])['name']].every((each) => textOf(each) !== '');
}

interface Splitting {
  readonly context: DeploymentContext;
  readonly diagnostics: Diagnostic[];
}

function splitProject(document: Value, { context, diagnostics }: Splitting): readonly RenderedObject[] {
  if (!isValueObject(document)) return refuse('the patches leave no Compose project', diagnostics);
  return Object.entries(document).flatMap(([section, members]) => {
    if (section === 'name') return [];
    if (!isSection(section) || besides.has(section) || !isValueObject(members)) {
      return refuse(`the patches leave "${section}" in the Compose project, which is none of its sections`, diagnostics);
    }
    const entries = Object.entries(members).map(([name, value]): ComposeEntry => ({ section, name, value }));
    return entries.map((entry) => makeComposeObject(patchNode, entry, context));
  });
}

function refuse(what: string, diagnostics: Diagnostic[]): readonly RenderedObject[] {
  diagnostics.push(diagnose('T4131', { detail: `After the patch templates were applied, ${what}.` }));
  return [];
}

/** Objects by the node that they belong to. */
export function groupByNode(objects: readonly RenderedObject[]): ReadonlyMap<Uid, readonly RenderedObject[]> {
  const groups = new Map<Uid, RenderedObject[]>();
  for (const object of objects) {
    const group = groups.get(object.node);
    if (group) group.push(object);
    else groups.set(object.node, [object]);
  }
  return groups;
}
