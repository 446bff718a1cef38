import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { quote } from '../../diagnostics/quote.ts';
import { compareText } from '../../model/compare.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import { isMark, type Value } from '../../model/value.ts';
import { isList } from '../plan/show-value.ts';
import { mapOf, textOf } from '../render/make-object.ts';
import { writeEnvLines } from '../render-compose/env-file.ts';
import { joinProject } from '../render-compose/project.ts';
import { entryOf } from '../render-compose/sections.ts';
import { composeFile, isPlaceable, placeObjects, variablesFile } from './file-path.ts';

/** A file, and the objects that are in it. */
export interface PlacedFile {
  readonly path: string;
  /** Sorted by key. */
  readonly objects: readonly RenderedObject[];
  readonly content: FileContent;
  /** As POSIX has it. */
  readonly mode: number;
}

export type FileContent =
  | { readonly kind: 'yaml'; readonly data: Value }
  | { readonly kind: 'text'; readonly text: Value }
  | { readonly kind: 'bytes'; readonly base64: string };

export const fileModes = { open: 0o644, secret: 0o600 } as const;

/**
 * Gives every object a file: one for itself, or for Compose one for the whole project.
 * Shape: sorted by path; the same set of objects gives the same files.
 */
export function layOutObjects(objects: readonly RenderedObject[]): readonly PlacedFile[] {
  const paths = placeObjects(objects.map(({ key }) => key));
  const byPath = new Map<string, RenderedObject[]>();
  for (const object of objects) {
    const path = paths.get(object.key) ?? '';
    const fellows = byPath.get(path);
    if (fellows) fellows.push(object);
    else byPath.set(path, [object]);
  }
  return [...byPath]
    .map(([path, members]) => layOutFile(path, sortByKey(members)))
    .toSorted((left, right) => compareText(left.path, right.path));
}

function sortByKey(objects: readonly RenderedObject[]): readonly RenderedObject[] {
  return objects.length < 2 ? objects : objects.toSorted((left, right) => compareText(left.key, right.key));
}

function layOutFile(path: string, objects: readonly RenderedObject[]): PlacedFile {
  if (path === composeFile) return { path, objects, content: { kind: 'yaml', data: joinProject(objects) }, mode: fileModes.open };
  if (path === variablesFile) return { path, objects, content: { kind: 'text', text: writeVariables(objects) }, mode: fileModes.secret };
  const [object] = objects;
  const entry = object && entryOf(object);
  if (entry) return { path, objects, ...readFileEntry(mapOf(entry.value)) };
  const isSecret = objects.some(holdsSecret);
  return { path, objects, content: { kind: 'yaml', data: object?.body ?? {} }, mode: isSecret ? fileModes.secret : fileModes.open };
}

function writeVariables(objects: readonly RenderedObject[]): Value {
  const variables = objects.flatMap((object) => {
    const entry = entryOf(object);
    return entry ? [[entry.name, mapOf(entry.value)['value'] ?? ''] as const] : [];
  });
  return writeEnvLines(variables, 'literal');
}

/** A folder is an entry without content. */
function readFileEntry({ content, base64, mode }: Readonly<Record<string, Value>>): Pick<PlacedFile, 'content' | 'mode'> {
  const bits = mode === undefined ? fileModes.open : Number.parseInt(textOf(mode), 8);
  return { content: typeof base64 === 'string' ? { kind: 'bytes', base64 } : { kind: 'text', text: content ?? base64 ?? '' }, mode: bits };
}

/** Says which objects have names that no file and no cluster can have, and which stand in each other's way. Reports: T6001. */
export function checkPlaces(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  const misnamed = objects
    .filter((object) => !hasPlace(object))
    .map(({ key, node }) =>
      diagnose('T6001', {
        detail: `${quote(node)} renders ${quote(key)}. A name consists of letters, digits, dots and dashes, and begins and ends with a letter or digit.`,
      }),
    );
  return [...misnamed, ...checkFolders(objects)];
}

/** Of what lies beside a Compose project no file can be the folder of another. */
function checkFolders(objects: readonly RenderedObject[]): readonly Diagnostic[] {
  const files = new Map<string, RenderedObject>();
  const paths = placeObjects(objects.filter((object) => entryOf(object) !== undefined).map(({ key }) => key));
  for (const object of objects) {
    const path = paths.get(object.key);
    if (path !== undefined && path !== composeFile && path !== variablesFile) files.set(path, object);
  }
  return [...files].flatMap(([path, { key, node }]) =>
    listFolders(path).flatMap((folder) => {
      const file = files.get(folder);
      if (!file) return [];
      const detail = `${quote(node)} renders ${quote(key)} below ${quote(folder)}, which ${quote(file.node)} renders as a file.`;
      return [diagnose('T6001', { detail })];
    }),
  );
}

function listFolders(path: string): readonly string[] {
  const steps = path.split('/');
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join('/'));
}

const placed = new WeakSet<RenderedObject>();

/** The same objects come again with every plan of an environment. */
function hasPlace(object: RenderedObject): boolean {
  if (placed.has(object)) return true;
  const isPlaced = isPlaceable(object.key);
  if (isPlaced) placed.add(object);
  return isPlaced;
}

/** Says whether an object is a Kubernetes Secret, or has a secret anywhere in it. */
export function holdsSecret({ body }: Pick<RenderedObject, 'body'>): boolean {
  return (body['kind'] === 'Secret' && body['apiVersion'] === 'v1') || hasSecretMark(body);
}

function hasSecretMark(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isMark(value)) return value.$tutti !== 'unknown';
  return isList(value) ? value.some(hasSecretMark) : Object.values(value).some(hasSecretMark);
}

/** The objects of a file by key, each with its hash. */
export function listHashes({ objects }: PlacedFile): Readonly<Record<ObjectKey, string>> {
  return Object.fromEntries(objects.map(({ key, hash }) => [key, hash]));
}
