import { utf8ToBytes } from '@noble/hashes/utils.js';
import { invariant } from '../../diagnostics/invariant.ts';
import { isMark, type Json, type Mark, type Value } from '../../model/value.ts';
import { decodeBase64 } from '../../read/base64.ts';
import { printYaml } from '../../read/print-yaml.ts';
import { isList } from '../plan/show-value.ts';
import type { PlacedFile } from './lay-out.ts';

/** Gives the text that stands for a mark. */
export type RevealMark = (mark: Mark) => Promise<string>;

/** Puts the text that stands for them in place of the marks of a value; the marks are revealed all at once. */
export async function revealMarks(value: Value, reveal: RevealMark): Promise<Json> {
  const marks = listMarks(value);
  const texts = new Map(await Promise.all(marks.map(async (mark) => [mark, await reveal(mark)] as const)));
  return fill(value, texts);
}

function listMarks(value: Value): readonly Mark[] {
  if (typeof value !== 'object' || value === null) return [];
  return isMark(value) ? [value] : Object.values(value).flatMap(listMarks);
}

function fill(value: Value, texts: ReadonlyMap<Mark, string>): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isMark(value)) {
    const text = texts.get(value);
    invariant(text !== undefined, 'every mark of the value was listed');
    return text;
  }
  if (isList(value)) return value.map((item) => fill(item, texts));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, texts)]));
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
