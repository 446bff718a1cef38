import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnose } from '../diagnostics/report.ts';
import type { RangeFinder } from './text-position.ts';
import type { LimitName, YamlLimits, YamlProblem } from './yaml-stream.ts';

/** Complaints that come from so few mistakes that our own words say it better than the parser's. */
const explanations: Readonly<Record<string, string>> = {
  BAD_INDENT: 'The line is not indented as its neighbours. Give it exactly their number of spaces.',
  BLOCK_AS_IMPLICIT_KEY:
    'A colon followed by a space makes a map, and none can begin here. If the colon belongs to the text, put the text in quotes; otherwise begin the map on a line of its own, or indent the next line as its neighbours.',
  MULTILINE_IMPLICIT_KEY:
    'This is neither a key with a colon nor the end of a value. A colon may be missing, or the line is indented too deeply.',
  TAB_AS_INDENT: 'YAML does not allow tabs as indentation. Indent with spaces.',
};

/** What to do about the others, after the parser's own words. */
const hints: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: 'Within double quotes a backslash begins an escape: write \\\\ for a backslash, or use single quotes.',
  BAD_PROP_ORDER: 'Put the anchor or tag between the indicator and the value.',
  BAD_SCALAR_START: 'Text that begins with this character needs quotes.',
  BLOCK_IN_FLOW: 'Within brackets or braces everything is written with brackets and braces.',
  MISSING_CHAR: 'Add what is missing; the cause may be on the line before.',
  MULTIPLE_ANCHORS: 'Keep one of the anchors.',
  MULTIPLE_TAGS: 'Keep one of the tags.',
  UNEXPECTED_TOKEN: 'It cannot follow what is before it: a bracket, a quote, a comma or a line break may be missing.',
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

function describeProblem({ code, message, span, opening }: YamlProblem, rangeOf: RangeFinder): Diagnostic {
  const source = rangeOf(opening ?? span);
  if (code === 'TAG_RESOLVE_FAILED' || code === 'BAD_COLLECTION_TYPE') {
    const detail = `${endSentence(message.replace('tag:yaml.org,2002:', '!!'))} Only the tags of the YAML 1.2 core schema are read; remove the tag.`;
    return diagnose('T1014', { source, detail });
  }
  return diagnose('T1010', { source, detail: opening ? unclosed : explain(code, message) });
}

const unclosed = 'The quote, bracket or brace that is opened here is not closed, or the lines within it are not indented. Close it.';

function explain(code: string, message: string): string {
  const own = explanations[code];
  if (own !== undefined) return own;
  const hint = hints[code];
  return hint === undefined ? endSentence(message) : `${endSentence(message)} ${hint}`;
}

function endSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

const limitCodes = { depthMax: 'T1005', valuesMax: 'T1006', documentsMax: 'T1008' } as const satisfies Record<LimitName, string>;

const limitWords: Readonly<Record<LimitName, string>> = {
  depthMax: 'levels of lists and maps',
  valuesMax: 'values',
  documentsMax: 'documents',
};

export interface LimitExcess {
  readonly limit: LimitName;
  readonly offset: number;
}

/** Says which limit a file exceeds, and where. */
export function describeExcess({ limit, offset }: LimitExcess, limits: YamlLimits, rangeOf: RangeFinder): Diagnostic {
  const hint = limit === 'depthMax' ? ' Unclosed brackets and wrong indentation look like nesting.' : '';
  const detail = `The limit of ${limits[limit]} ${limitWords[limit]} is passed here.${hint} Nothing of the file was read.`;
  return diagnose(limitCodes[limit], { source: rangeOf([offset, offset]), detail });
}
