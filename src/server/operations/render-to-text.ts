import type { OperationOutput } from '../../contract/index.ts';
import {
  compareText,
  composeFile,
  fileModes,
  findPending,
  hasErrors,
  inlineProject,
  invariant,
  isUnknown,
  layOutObjects,
  printFile,
  printYaml,
  revealMarks,
  splitObjectKey,
  succeed,
  type DeclaredWorkload,
  type Json,
  type JsonObject,
  type MatchContext,
  type ObjectKey,
  type Outcome,
  type PlacedFile,
  type Platform,
  type RenderedObject,
  type RevealMark,
  type RevealSecret,
  type SourceText,
} from '../../core/index.ts';
import { renderFiles, type FilesRequest } from '../../engine/index.ts';
import type { FileServices } from '../services.ts';

export interface RenderRequest extends Pick<FilesRequest, 'values' | 'seeds' | 'now' | 'signal'> {
  readonly workloads: readonly DeclaredWorkload[];
  readonly texts: readonly SourceText[];
  readonly platform: Platform;
  readonly context: MatchContext;
  readonly layout: 'stream' | 'folder';
}

type RenderedText = Pick<OperationOutput<'files.render'>, 'objects' | 'files'>;
type FileView = NonNullable<OperationOutput<'files.render'>['files']>[number];

/**
 * Renders files to YAML documents, sorted by key; for Compose also to the files that hold them. The secrets among them hold their values: there is
 * no place where they could be kept apart.
 */
export async function renderToText(services: FileServices, request: RenderRequest): Promise<Outcome<RenderedText>> {
  const { context, workloads, texts, layout, ...rest } = request;
  const textByFile = new Map(texts.map(({ file, text }) => [file, text]));
  const desired = workloads.map((declared) => {
    const text = textByFile.get(declared.origin.file);
    return { declared, ...(text !== undefined && { text }) };
  });
  const rendered = await renderFiles(services, { ...rest, ...context, workloads: desired });
  if (!rendered.value || hasErrors(rendered.diagnostics)) return { diagnostics: rendered.diagnostics };
  const sorted = rendered.value.objects.toSorted((left, right) => compareText(left.key, right.key));
  const reveal = revealWith(rendered.value.reveal);
  if (rendered.value.bound.context.format === 'kubernetes') {
    return succeed({ objects: await viewObjects(sorted, reveal, nameFile) }, rendered.diagnostics);
  }
  const files = layOutObjects(sorted);
  const places = new Map(files.flatMap(({ path, objects }) => objects.map(({ key }) => [key, path] as const)));
  const objects = await viewObjects(sorted, reveal, (key) => places.get(key) ?? composeFile);
  const written = layout === 'folder' ? { files: await viewFiles(files, reveal), diagnostics: [] } : await viewStream(sorted, reveal);
  return succeed({ objects, files: written.files }, [...rendered.diagnostics, ...written.diagnostics]);
}

function viewObjects(objects: readonly RenderedObject[], reveal: RevealMark, place: (key: ObjectKey) => string) {
  return Promise.all(
    objects.map(async ({ key, node, body }) => ({ key, node, file: place(key), text: printYaml(await revealMarks(body, reveal)) })),
  );
}

function viewFiles(files: readonly PlacedFile[], reveal: RevealMark): Promise<readonly FileView[]> {
  return Promise.all(
    files.map(async (placed) => {
      const bytes = Buffer.from(await printFile(placed, reveal));
      const content = placed.content.kind === 'bytes' ? { base64: bytes.toString('base64') } : { text: bytes.toString('utf8') };
      return { file: placed.path, ...content, mode: printMode(placed.mode) };
    }),
  );
}

async function viewStream(objects: readonly RenderedObject[], reveal: RevealMark) {
  const revealed = await Promise.all(objects.map(async (object) => ({ ...object, body: toMap(await revealMarks(object.body, reveal)) })));
  const { project, diagnostics } = inlineProject(revealed);
  const text = printYaml(await revealMarks(project, reveal));
  return { files: [{ file: composeFile, text, mode: printMode(fileModes.secret) }], diagnostics };
}

function toMap(value: Json): JsonObject {
  invariant(typeof value === 'object' && value !== null && !isList(value), 'the body of an object is a map');
  return value;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function printMode(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Nothing is provisioned for files alone: what would be known then is named. */
function revealWith(reveal: RevealSecret): RevealMark {
  return async (mark) => {
    const pending = findPending(mark);
    if (pending) return `known after provisioning (${pending.uid})`;
    invariant(!isUnknown(mark), 'an unknown is pending');
    return reveal(mark);
  };
}

/** The file of an object in a folder: no name escapes the folder, and no two objects share a file. */
function nameFile(key: ObjectKey): string {
  const { group, kind, namespace, name } = splitObjectKey(key);
  const parts = [namespace, group === '' ? kind : `${kind}.${group}`, name].filter((part) => part !== '');
  return `${parts.map((part) => part.replaceAll(/[^\w.-]/g, '_').toLowerCase()).join('-')}.yaml`;
}
