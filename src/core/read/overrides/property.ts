import type { Diagnostic, Outcome, SourceRange } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, fail, hasErrors, succeed } from '../../diagnostics/report.ts';
import { markKey, type Json } from '../../model/value.ts';
import { makeRangeFinder } from '../text-position.ts';
import { parseYaml } from '../yaml.ts';

/** How diagnostics name the properties: all of them, one a line, as a file of their own. */
export const propertiesFile = '--override-property';

/** One `PATH=VALUE`, taken apart. */
export interface Property {
  readonly index: number;
  readonly path: readonly string[];
  /** Nothing takes away what is there. */
  readonly value: Json;
}

/** Where the value of a property stands; for one that takes away, the whole of it. */
export function rangeOfProperty(properties: readonly string[], index: number): SourceRange {
  const text = properties[index] ?? '';
  const equals = text.indexOf('=');
  const isWhole = equals < 0 || equals === text.length - 1;
  return findRange(properties, index, [isWhole ? 0 : equals + 1, text.length]);
}

/** Where the path of a property stands. */
export function rangeOfPath(properties: readonly string[], index: number): SourceRange {
  const text = properties[index] ?? '';
  const equals = text.indexOf('=');
  return findRange(properties, index, [0, equals < 0 ? text.length : equals]);
}

function findRange(properties: readonly string[], index: number, [start, end]: readonly [number, number]): SourceRange {
  const before = properties.slice(0, index).reduce((sum, each) => sum + each.length + 1, 0);
  return makeRangeFinder(propertiesFile, properties.join('\n'))([before + start, before + end]);
}

const stepsMax = 100;

/**
 * Takes a property apart.
 * Rule: what stands before the first `=` is the path, its names separated by dots; `\.` is a dot and `\\` a backslash within a name. The
 * value is YAML; an empty one, and `null`, take away.
 * Reports: T1231, T1233.
 */
export function parseProperty(properties: readonly string[], index: number): Outcome<Property> {
  const text = properties[index] ?? '';
  const equals = text.indexOf('=');
  const path = splitPath(equals < 0 ? text : text.slice(0, equals));
  const problem = equals < 0 ? `${quote(text)} has no "=". Write PATH=VALUE, or PATH= to take away.` : checkPath(path);
  if (problem !== undefined) return fail(diagnose('T1231', { source: rangeOfPath(properties, index), detail: problem }));
  const value = parseValue(text.slice(equals + 1));
  if ('problem' in value) return fail(diagnose('T1233', { source: rangeOfProperty(properties, index), detail: value.problem }));
  return succeed({ index, path, value: value.value });
}

function splitPath(text: string): readonly string[] {
  const names: string[] = [];
  let name = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === '\\' && (next === '.' || next === '\\')) {
      name += next;
      at += 1;
    } else if (character === '.') {
      names.push(name);
      name = '';
    } else {
      name += character;
    }
  }
  return [...names, name];
}

function checkPath(path: readonly string[]): string | undefined {
  if (path.includes('')) return 'A name in the path is empty. Write the names with one dot between them, as in containers.web.image=nginx.';
  const reserved = path.find((name) => name === '__proto__' || name === markKey);
  if (reserved !== undefined) return `${quote(reserved)} may not be used as a key in any document. Choose another name.`;
  return path.length > stepsMax ? `The path has ${path.length} names; at most ${stepsMax} are followed.` : undefined;
}

function parseValue(text: string): { readonly value: Json } | { readonly problem: string } {
  const parsed = parseYaml(propertiesFile, text);
  if (hasErrors(parsed.diagnostics)) return { problem: `${describeFirst(parsed.diagnostics)} Put text with special characters in quotes.` };
  const [first, second] = parsed.value ?? [];
  if (second) return { problem: 'Several documents stand here. Give one value.' };
  return { value: first?.value ?? null };
}

function describeFirst(diagnostics: readonly Diagnostic[]): string {
  const first = diagnostics.find((each) => each.severity === 'error');
  return first ? `${first.summary}: ${first.detail}` : '';
}
