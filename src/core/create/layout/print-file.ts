import { utf8ToBytes } from '@noble/hashes/utils.js';
import { invariant } from '../../diagnostics/invariant.ts';
import { isMark, type Json, type Mark, type Value } from '../../model/value.ts';
import { decodeBase64 } from '../../read/base64.ts';
import { printYaml } from '../../read/print-yaml.ts';
import { isList } from '../plan/show-value.ts';
import type { PlacedFile } from './lay-out.ts';

/** Gives the text that stands for a mark. */
export type RevealMark = (mark: Mark) => Promise<string>;

/** Puts the text that stands for them in place of the marks of a value. */
export async function revealMarks(value: Value, reveal: RevealMark): Promise<Json> {
  if (typeof value !== 'object' || value === null) return value;
  if (isMark(value)) return reveal(value);
  if (isList(value)) return Promise.all(value.map((item) => revealMarks(item, reveal)));
  const members = await Promise.all(Object.entries(value).map(async ([key, member]) => [key, await revealMarks(member, reveal)] as const));
  return Object.fromEntries(members);
}

/**
 * Prints a file.
 * Rule: equal content gives equal bytes.
 * Shape: the bytes, those of UTF-8 for text.
 */
export async function printFile({ content }: PlacedFile, reveal: RevealMark): Promise<Uint8Array> {
  switch (content.kind) {
    case 'yaml':
      return utf8ToBytes(printYaml(await revealMarks(content.data, reveal)));
    case 'text':
      return utf8ToBytes(textOf(await revealMarks(content.text, reveal)));
    default: {
      const bytes = decodeBase64(content.base64);
      invariant(bytes, 'the content of a file was checked to be base64');
      return bytes;
    }
  }
}

function textOf(value: Json): string {
  invariant(typeof value === 'string', 'the content of a file is text');
  return value;
}
