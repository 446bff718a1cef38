import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod';
import { compareText } from '../../model/compare.ts';
import type { DeploymentContext } from '../../model/context.ts';

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
  /** Of the object in it. */
  readonly key: string;
  /** The rendered object's hash. */
  readonly hash: string;
  /** SHA-256 of the file, hex. */
  readonly digest: string;
}

const indexSchema = z.object({
  version: z.literal(1),
  owner: z.object({ project: z.string(), environment: z.string(), incarnation: z.number() }),
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
  const sorted = Object.entries(files).toSorted(([left], [right]) => compareText(left, right));
  const lines = sorted.map(([path, { key, hash, digest }]) => `    ${JSON.stringify(path)}: ${JSON.stringify({ key, hash, digest })}`);
  const { project, environment, incarnation } = owner;
  return `{\n  "version": 1,\n  "owner": ${JSON.stringify({ project, environment, incarnation })},\n  "files": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/** Reads an index; nothing where the text is none. Paths that we would never have written make it none. */
export function parseIndex(text: string): FileIndex | undefined {
  const data = parseJson(text);
  const result = indexSchema.safeParse(data);
  if (!result.success) return undefined;
  const { owner, files } = result.data;
  return Object.keys(files).every((path) => /^manifests\/[a-z0-9._-]+\.yaml$/.test(path)) ? { owner, files } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** SHA-256 of a text's UTF-8 bytes, hex: what `sha256sum` says of the file. */
export function digestText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
