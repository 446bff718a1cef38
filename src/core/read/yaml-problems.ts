import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnose } from '../diagnostics/report.ts';
import type { RangeFinder } from './text-position.ts';
import type { LimitName, YamlLimits, YamlProblem } from './yaml-stream.ts';

/** What a complaint of the parser usually comes from, in words that say what to do. */
const hints: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: 'Within double quotes a backslash begins an escape: write \\\\ for a backslash, or use single quotes.',
  BAD_INDENT: 'Indent the line exactly as its neighbours, with spaces.',
  BAD_PROP_ORDER: 'Put the anchor or tag between the indicator and the value.',
  BAD_SCALAR_START: 'Text that begins with this character needs quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'A colon followed by a space makes a map. Put the text in quotes if the colon belongs to it; otherwise begin the map on a line of its own, or indent the line as its neighbours.',
  BLOCK_IN_FLOW: 'Within brackets or braces everything is written with brackets and braces.',
  MISSING_CHAR: 'Add what is missing; the cause may be on the line before.',
  MULTILINE_IMPLICIT_KEY: 'The line before may lack a colon, or this line is indented too deeply.',
  MULTIPLE_ANCHORS: 'Keep one of the anchors.',
  MULTIPLE_TAGS: 'Keep one of the tags.',
  TAB_AS_INDENT: 'Indent with spaces.',
  UNEXPECTED_TOKEN: 'A bracket, a quote or a comma may be missing before it.',
};

/** Turns the parser's complaints into diagnostics: one a line, since the further ones follow from the first. */
export function describeProblems(problems: readonly YamlProblem[], rangeOf: RangeFinder): readonly Diagnostic[] {
  const seenLines = new Set<number>();
  const diagnostics: Diagnostic[] = [];
  for (const problem of problems) {
    const diagnostic = describeProblem(problem, rangeOf);
    const line = diagnostic.source?.start.line ?? 0;
    if (seenLines.has(line)) continue;
    seenLines.add(line);
    diagnostics.push(diagnostic);
  }
  return diagnostics;
}

function describeProblem({ code, message, span }: YamlProblem, rangeOf: RangeFinder): Diagnostic {
  const source = rangeOf(span);
  if (code === 'TAG_RESOLVE_FAILED' || code === 'BAD_COLLECTION_TYPE') {
    const detail = `${endSentence(message)} Only the tags of the YAML 1.2 core schema are read; remove the tag.`;
    return diagnose('T1014', { source, detail });
  }
  const hint = hints[code];
  return diagnose('T1010', { source, detail: hint ? `${endSentence(message)} ${hint}` : endSentence(message) });
}

function endSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

const limitCodes = { depthMax: 'T1005', valuesMax: 'T1006', documentsMax: 'T1008' } as const satisfies Record<LimitName, string>;

const limitWords: Readonly<Record<LimitName, string>> = {
  depthMax: 'levels of lists and maps; unclosed brackets and wrong indentation look like nesting',
  valuesMax: 'values',
  documentsMax: 'documents',
};

export interface LimitExcess {
  readonly limit: LimitName;
  readonly offset: number;
}

/** Says which limit a file exceeds, and where. */
export function describeExcess({ limit, offset }: LimitExcess, limits: YamlLimits, rangeOf: RangeFinder): Diagnostic {
  const detail = `The limit of ${limits[limit]} ${limitWords[limit]} is passed here. Nothing of the file was read.`;
  return diagnose(limitCodes[limit], { source: rangeOf([offset, offset]), detail });
}
