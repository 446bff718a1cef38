import {
  indexName,
  printIndex,
  type FileIndex,
  type JsonObject,
  type PlacedFile,
  type PrintedFile,
  type TargetRequest,
} from '../../core/index.ts';
import { writeMessage } from './message.ts';
import { mustRunGit } from './run-git.ts';
import type { HeadTree } from './head-tree.ts';
import type { Workspace } from './workspace.ts';

export interface CommitContent {
  readonly head: HeadTree;
  readonly printed: readonly PrintedFile[];
  readonly leaving: readonly string[];
  readonly index: FileIndex;
}

const nextRef = 'refs/tutti/next';

/**
 * Makes the commit of a deployment on top of the head.
 * Rule: written as one stream whose contents are counted, so that nothing in them is taken for a command. The time is that of the deployment's
 * start: the same change gives the same commit.
 * Shape: the hash of the commit out.
 */
export async function makeCommit(workspace: Workspace, request: TargetRequest, content: CommitContent): Promise<string> {
  const { gitDir, signal } = workspace;
  const stream = writeStream(workspace, request, content);
  await mustRunGit({ gitDir, signal, args: ['fast-import', '--quiet', '--force', '--done'], input: stream });
  const commit = await mustRunGit({ gitDir, signal, args: ['rev-parse', '--verify', nextRef] });
  return commit.toString('utf8').trim();
}

function writeStream(
  { place }: Workspace,
  { inputs, deployment }: TargetRequest,
  { head, printed, leaving, index }: CommitContent,
): Buffer {
  const prefix = place.path === '' ? '' : `${place.path}/`;
  const who = `${describeAuthor(inputs['author'])} ${Math.floor(Date.parse(deployment.startedAt) / 1000)} +0000`;
  const isEmpty = Object.keys(index.files).length === 0;
  const written = printed.flatMap(({ placed }) => placed.objects).length;
  const parts = [
    [`commit ${nextRef}\nauthor ${who}\ncommitter ${who}\n`],
    writeData(writeMessage(deployment, { written, removed: leaving.length })),
    [head.commit === undefined ? '' : `from ${head.commit}\n`],
    ...printed.flatMap(({ placed, bytes }) => [[`M ${modeOf(placed)} inline ${prefix}${placed.path}\n`], writeData(bytes)]),
    leaving.filter((path) => head.files.has(path)).map((path) => `D ${prefix}${path}\n`),
    ...(isEmpty ? [[`D ${prefix}${indexName}\n`]] : [[`M 100644 inline ${prefix}${indexName}\n`], writeData(printIndex(index))]),
    ['\ndone\n'],
  ];
  return Buffer.concat(parts.flat().map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part)));
}

function writeData(content: string | Uint8Array): readonly (string | Uint8Array)[] {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return [`data ${bytes.length}\n`, bytes, '\n'];
}

function modeOf(placed: PlacedFile): string {
  return isExecutable(placed) ? '100755' : '100644';
}

/** All that Git knows of modes. */
export function isExecutable({ mode }: PlacedFile): boolean {
  return (mode & 0o100) !== 0;
}

function describeAuthor(author: JsonObject[string] | undefined): string {
  const isMap = typeof author === 'object' && author !== null && !Array.isArray(author);
  const { name = 'tutti', email = 'tutti@localhost' } = isMap ? toRecord(author) : {};
  return `${cleanName(name)} <${cleanName(email)}>`;
}

function toRecord(value: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value));
}

function cleanName(text: unknown): string {
  return (
    String(text)
      .replaceAll(/[<>\p{Cc}]/gu, '')
      .trim() || 'tutti'
  );
}
