import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as z from 'zod';
import { compareText } from '../../model/compare.ts';
import type { DeploymentContext } from '../../model/context.ts';
import { composeFile, isBeside, variablesFile } from './file-path.ts';

/** Says whose the folder is and what in it is ours. No tool that reads manifests takes it for one. */
export const indexName = '.tutti-index';

/** What stands in the index: the marks of ownership of a folder of files. */
export interface FileIndex {
  readonly owner: FolderOwner;
  /** By path, relative to the folder. */
  readonly files: Readonly<Record<string, IndexedFile>>;
}

export interface FolderOwner {
  readonly project: string;
  readonly environment: string;
  readonly incarnation: number;
}

export interface IndexedFile {
  /** The hashes of the rendered objects in it, by key. */
  readonly objects: Readonly<Record<string, string>>;
  /** SHA-256 of the file, hex. */
  readonly digest: string;
}

const ownerSchema = z.object({ project: z.string(), environment: z.string(), incarnation: z.number() });

const indexSchema = z.object({
  version: z.literal(2),
  owner: ownerSchema,
  files: z.record(z.string(), z.object({ objects: z.record(z.string(), z.string()), digest: z.string() })),
});

/** As it was when every file held one object. */
const firstIndexSchema = z.object({
  version: z.literal(1),
  owner: ownerSchema,
  files: z.record(z.string(), z.object({ key: z.string(), hash: z.string(), digest: z.string() })),
});

/** Names the environment that a folder belongs to. */
export function makeOwner({ project, environment, incarnation }: DeploymentContext): FolderOwner {
  return { project, environment, incarnation };
}

/** Says whether two folders belong to the same environment, in the same incarnation. */
export function isSameOwner(left: FolderOwner, right: FolderOwner): boolean {
  return left.project === right.project && left.environment === right.environment && left.incarnation === right.incarnation;
}

/** `shop/staging`, and from the second on which one of that name. */
export function describeOwner({ project, environment, incarnation }: FolderOwner): string {
  return `${project}/${environment}${incarnation > 1 ? ` (number ${incarnation} of that name)` : ''}`;
}

/** Writes an index: equal content, equal bytes. */
export function printIndex({ owner, files }: FileIndex): string {
  const lines = sortEntries(files).map(([path, file]) => `    ${JSON.stringify(path)}: ${printEntry(file)}`);
  const { project, environment, incarnation } = owner;
  return `{\n  "version": 2,\n  "owner": ${JSON.stringify({ project, environment, incarnation })},\n  "files": {\n${lines.join(',\n')}\n  }\n}\n`;
}

function printEntry({ objects, digest }: IndexedFile): string {
  return JSON.stringify({ objects: Object.fromEntries(sortEntries(objects)), digest });
}

function sortEntries<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([left], [right]) => compareText(left, right));
}

/** Reads an index; nothing where the text is none. Paths that we would never have written make it none. */
export function parseIndex(text: string): FileIndex | undefined {
  const index = readIndex(parseJson(text));
  return index && Object.keys(index.files).every(isOwnPath) ? index : undefined;
}

function readIndex(data: unknown): FileIndex | undefined {
  const now = indexSchema.safeParse(data);
  if (now.success) return { owner: now.data.owner, files: now.data.files };
  const first = firstIndexSchema.safeParse(data);
  if (!first.success) return undefined;
  const files = Object.entries(first.data.files).map(
    ([path, { key, hash, digest }]) => [path, { objects: { [key]: hash }, digest }] as const,
  );
  return { owner: first.data.owner, files: Object.fromEntries(files) };
}

function isOwnPath(path: string): boolean {
  return path === composeFile || path === variablesFile || /^manifests\/[a-z0-9._-]+\.yaml$/.test(path) || isBeside(path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** SHA-256, hex: what `sha256sum` says of the file. */
export function digestBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
