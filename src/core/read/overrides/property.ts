import type { Diagnostic, Outcome, SourceRange } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, fail, hasErrors, succeed } from '../../diagnostics/report.ts';
import { markKey, type Json } from '../../model/value.ts';
import { makeRangeFinder, type RangeFinder } from '../text-position.ts';
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

/** Properties with the places of their parts. */
export interface PlacedProperties {
  readonly texts: readonly string[];
  /** Where the value of one stands; of one that takes away, the whole of it. */
  readonly rangeOfValue: (index: number) => SourceRange;
  readonly rangeOfPath: (index: number) => SourceRange;
}

/** Places are worked out when the first one is asked for. */
export function placeProperties(texts: readonly string[]): PlacedProperties {
  let lines: Lines | undefined;
  const range = (index: number, start: number, end: number): SourceRange => {
    lines ??= layOutLines(texts);
    const before = lines.starts[index] ?? 0;
    return lines.rangeOf([before + start, before + end]);
  };
  return {
    texts,
    rangeOfValue: (index) => {
      const text = texts[index] ?? '';
      const equals = text.indexOf('=');
      const isWhole = equals < 0 || equals === text.length - 1;
      return range(index, isWhole ? 0 : equals + 1, text.length);
    },
    rangeOfPath: (index) => {
      const text = texts[index] ?? '';
      const equals = text.indexOf('=');
      return range(index, 0, equals < 0 ? text.length : equals);
    },
  };
}

interface Lines {
  readonly rangeOf: RangeFinder;
  /** The offset of each property in the text of all. */
  readonly starts: readonly number[];
}

function layOutLines(texts: readonly string[]): Lines {
  const starts: number[] = [];
  let start = 0;
  for (const text of texts) {
    starts.push(start);
    start += text.length + 1;
  }
  return { rangeOf: makeRangeFinder(propertiesFile, texts.join('\n')), starts };
}

const stepsMax = 100;

/**
 * Takes a property apart.
 * Rule: what stands before the first `=` is the path, its names separated by dots; `\.` is a dot and `\\` a backslash within a name. The
 * value is YAML; an empty one, and `null`, take away.
 * Reports: T1231, T1233.
 */
export function parseProperty(properties: PlacedProperties, index: number): Outcome<Property> {
  const text = properties.texts[index] ?? '';
  const equals = text.indexOf('=');
  const path = splitPath(equals < 0 ? text : text.slice(0, equals));
  const problem = equals < 0 ? `${quote(text)} has no "=". Write PATH=VALUE, or PATH= to take away.` : checkPath(path);
  if (problem !== undefined) return fail(diagnose('T1231', { source: properties.rangeOfPath(index), detail: problem }));
  const value = parseValue(text.slice(equals + 1));
  if ('problem' in value) return fail(diagnose('T1233', { source: properties.rangeOfValue(index), detail: value.problem }));
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
