import type { OperationOutput } from '../../contract/index.ts';
import {
  compareText,
  hasErrors,
  isMark,
  isSecret,
  isSecretText,
  printYaml,
  splitObjectKey,
  succeed,
  type DeclaredWorkload,
  type Json,
  type MatchContext,
  type ObjectKey,
  type Outcome,
  type Platform,
  type RevealSecret,
  type TextFile,
  type Value,
} from '../../core/index.ts';
import { renderFiles, type FilesRequest } from '../../engine/index.ts';
import type { FileServices } from '../services.ts';

export interface RenderRequest extends Pick<FilesRequest, 'values' | 'seeds' | 'now' | 'signal'> {
  readonly workloads: readonly DeclaredWorkload[];
  readonly texts: readonly TextFile[];
  readonly platform: Platform;
  readonly context: MatchContext;
}

type ObjectView = OperationOutput<'files.render'>['objects'][number];

/** Renders files to YAML documents, sorted by key. The Secrets among them hold their values: there is no place where they could be kept apart. */
export async function renderToText(services: FileServices, request: RenderRequest): Promise<Outcome<readonly ObjectView[]>> {
  const { context, workloads, texts, ...rest } = request;
  const textByFile = new Map(texts.map(({ file, text }) => [file, text]));
  const desired = workloads.map((declared) => {
    const text = textByFile.get(declared.origin.file);
    return { declared, ...(text !== undefined && { text }) };
  });
  const rendered = await renderFiles(services, { ...rest, ...context, workloads: desired });
  if (!rendered.value || hasErrors(rendered.diagnostics)) return { diagnostics: rendered.diagnostics };
  const { reveal, objects } = rendered.value;
  const sorted = objects.toSorted((left, right) => compareText(left.key, right.key));
  const views = await Promise.all(
    sorted.map(async ({ key, node, body }) => ({ key, node, file: nameFile(key), text: printYaml(await revealValue(body, reveal)) })),
  );
  return succeed(views, rendered.diagnostics);
}

async function revealValue(value: Value, reveal: RevealSecret): Promise<Json> {
  if (typeof value !== 'object' || value === null) return value;
  if (isSecret(value) || isSecretText(value)) return reveal(value);
  if (isMark(value)) return `known after provisioning (${value.uid})`;
  if (isList(value)) return Promise.all(value.map((item) => revealValue(item, reveal)));
  const members = Object.entries(value).map(async ([key, member]) => [key, await revealValue(member, reveal)] as const);
  return Object.fromEntries(await Promise.all(members));
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}

/** The file of an object in a folder: no name escapes the folder, and no two objects share a file. */
function nameFile(key: ObjectKey): string {
  const { group, kind, namespace, name } = splitObjectKey(key);
  const parts = [namespace, group === '' ? kind : `${kind}.${group}`, name].filter((part) => part !== '');
  return `${parts.map((part) => part.replaceAll(/[^\w.-]/g, '_').toLowerCase()).join('-')}.yaml`;
}
