import { invariant } from '../diagnostics/invariant.ts';
import { markKey, type Json, type JsonObject } from '../model/value.ts';
import { isBlockSafe, printBlock, printNumber, printText } from './print-scalar.ts';

export interface PrintOptions {
  /** `given` keeps the order in which the keys stand in the data. Default: `sorted`, by code unit. */
  readonly keyOrder?: 'sorted' | 'given';
}

type ListKeys = (map: JsonObject) => readonly string[];

const indentStep = '  ';

/** Longer keys are no simple keys any more: readers need the explicit form for them. */
const simpleKeyMax = 120;

/**
 * Writes plain data as YAML.
 * Rule: block style, two spaces, keys sorted; text is in quotes exactly where a reader of YAML 1.1 or 1.2 could take it for something
 * else; text of several lines as a literal block; equal data gives equal bytes. A secret mark in the data is a defect and throws.
 * Shape: data in, text with a final line break out; linear but for the sorting of keys.
 */
export function printYaml(value: Json, options: PrintOptions = {}): string {
  const keysOf = chooseOrder(options);
  if (Array.isArray(value) && value.length > 0) return printList(value, '', keysOf).slice(1) + '\n';
  if (isMap(value)) return printMap(value, '', keysOf).slice(1) + '\n';
  return `${printRoot(value)}\n`;
}

/**
 * Writes several documents into one text, `---` between them.
 * Rule and shape as for `printYaml`; without documents the text is empty.
 */
export function printDocuments(values: readonly Json[], options: PrintOptions = {}): string {
  return values.map((value) => printYaml(value, options)).join('---\n');
}

function chooseOrder({ keyOrder = 'sorted' }: PrintOptions): ListKeys {
  return keyOrder === 'sorted' ? (map) => Object.keys(map).toSorted() : (map) => Object.keys(map);
}

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** Readers disagree about the indentation of a block at the root, so text there stays on one line. */
function printRoot(value: Json): string {
  return typeof value === 'string' ? printText(value) : printLeaf(value, '');
}

/** Begins with a line break, so that it can follow a key; so does `printList`. */
function printMap(map: JsonObject, indent: string, keysOf: ListKeys): string {
  let text = '';
  for (const key of keysOf(map)) {
    const value = map[key];
    if (value === undefined) continue;
    invariant(key !== markKey, 'a secret or an unknown is never written as YAML');
    text += `\n${indent}${printKey(key, indent)}:${printMember(value, indent, keysOf)}`;
  }
  return text === '' ? ' {}' : text;
}

function printKey(key: string, indent: string): string {
  return key.length <= simpleKeyMax ? printText(key) : `? ${printText(key)}\n${indent}`;
}

function printMember(value: Json, indent: string, keysOf: ListKeys): string {
  if (typeof value === 'string') return ` ${printString(value, indent + indentStep)}`;
  if (isMap(value)) return printMap(value, indent + indentStep, keysOf);
  if (Array.isArray(value) && value.length > 0) return printList(value, indent + indentStep, keysOf);
  return ` ${printLeaf(value, indent)}`;
}

function printList(items: readonly Json[], indent: string, keysOf: ListKeys): string {
  let text = '';
  for (const item of items) text += `\n${indent}-${printItem(item, indent, keysOf)}`;
  return text;
}

/** The first line of a map or list in a list goes on the line of the dash. */
function printItem(item: Json, indent: string, keysOf: ListKeys): string {
  const member = printMember(item, indent, keysOf);
  return member.startsWith('\n') ? ` ${member.slice(1 + indent.length + indentStep.length)}` : member;
}

function printLeaf(value: Json, indent: string): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'string') return printString(value, indent);
  if (typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? '[]' : '{}';
}

function printString(text: string, indent: string): string {
  return isBlockSafe(text) ? printBlock(text, indent) : printText(text);
}
