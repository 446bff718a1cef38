import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { diagnose, fail, hasErrors, succeed } from '../diagnostics/report.ts';
import type { Json } from '../model/value.ts';
import { checkText } from './text.ts';
import { makeRangeFinder, type RangeFinder } from './text-position.ts';
import { convertTree } from './yaml-json.ts';
import { describeExcess, describeProblems } from './yaml-problems.ts';
import { composeStream, defaultLimits, type ComposedDocument, type YamlLimits } from './yaml-stream.ts';

/** One document of a YAML file as data. Positions are found later, from paths, by `locate`. */
export interface YamlDocument {
  readonly file: string;
  /** Which document of the file, from 0; counts those that could not be read. */
  readonly document: number;
  /** `null` for an empty document. */
  readonly value: Json;
}

/**
 * Reads a YAML 1.2 text (core schema) as plain data.
 * Rule: never throws; each limit, syntax error, duplicate or reserved key is a diagnostic of its own with its place; a document with a
 * syntax error is left out of the value, the others stay, so that all problems of a file can be reported at once.
 * Shape: text in, documents out; linear in the size of the text.
 * Units: limits in UTF-16 code units, levels, values, documents.
 * Reports: T1003 – T1019.
 */
export function parseYaml(file: string, text: string, limits: Partial<YamlLimits> = {}): Outcome<readonly YamlDocument[]> {
  const allLimits = { ...defaultLimits, ...limits };
  const source = dropMark(text);
  const unfit = checkText(file, source, allLimits.sizeMax);
  if (unfit.length > 0) return fail(...unfit);
  const rangeOf = makeRangeFinder(file, source);
  const stream = composeStream(source, allLimits);
  if (stream.exceeded) return fail(describeExcess(stream.exceeded, allLimits, rangeOf));
  const documents: YamlDocument[] = [];
  const diagnostics: Diagnostic[] = [...describeProblems(stream.problems, rangeOf)];
  stream.documents.forEach((composed, index) => {
    const { value, diagnostics: found } = readDocument(composed, allLimits, rangeOf);
    diagnostics.push(...found);
    if (value !== undefined) documents.push({ file, document: index, value });
  });
  return succeed(documents, diagnostics);
}

function readDocument(composed: ComposedDocument, limits: YamlLimits, rangeOf: RangeFinder): Outcome<Json> {
  const problems = [...describeProblems(composed.problems, rangeOf), ...checkVersion(composed, rangeOf)];
  if (hasErrors(problems)) return fail(...problems);
  return convertTree(composed.document.contents, limits, rangeOf);
}

function checkVersion({ document }: ComposedDocument, rangeOf: RangeFinder): readonly Diagnostic[] {
  const version = document.directives?.yaml;
  if (version?.explicit !== true || version.version === '1.2') return [];
  const detail = `The document asks for YAML ${version.version}, in which \`no\`, \`on\` and \`12:30\` are not text. Remove the directive %YAML.`;
  const start = document.range?.[0] ?? 0;
  return [diagnose('T1018', { source: rangeOf([start, start]), detail })];
}

/** Drops a byte order mark, so that the first line's columns are those an editor shows. */
export function dropMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
