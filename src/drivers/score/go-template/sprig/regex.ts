import { RE2JS } from 're2js';
import { joinParts } from '../print/print-value.ts';
import { failCall, intAt, takes, textAt, type FunctionEntry, type FunctionTable } from '../run/args.ts';
import { claim, spend, type CalledFunction, type Run } from '../run/run.ts';
import { nilList, type GoList, type Val } from '../values/value.ts';
import { makeTexts } from './text-lists.ts';

/** Regular expressions of RE2: their work grows no more than linearly with the text. */
export const regexFunctions: FunctionTable = {
  ...bothNames('regexMatch', 2, (args, run) => {
    const text = textAt(args, 1);
    const pattern = compilePattern(textAt(args, 0), run);
    // An expression that is wrong fits nothing, as in Sprig; `mustRegexMatch` says what is wrong with it.
    return typeof pattern === 'string' ? orFail(pattern, run) : findAll(pattern, text, { run, limit: 1 }).length > 0;
  }),
  ...bothNames('regexFind', 2, (args, run) => find(args, { run, limit: 1 })[0]?.text ?? ''),
  ...bothNames('regexFindAll', 3, findTexts),
  ...bothNames('regexReplaceAll', 3, (args, run) => replaceAll(args, run, expand)),
  ...bothNames('regexReplaceAllLiteral', 3, (args, run) => replaceAll(args, run, (text) => text)),
  ...bothNames('regexSplit', 3, split),
  regexQuoteMeta: takes(1, (args) => textAt(args, 0).replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
};

function bothNames(name: string, count: number, call: CalledFunction): FunctionTable {
  const entry: FunctionEntry = takes(count, call);
  return { [name]: entry, [`mustR${name.slice(1)}`]: entry };
}

function orFail(problem: string, run: Run): boolean {
  return run.near === 'regexMatch' ? false : failCall(run, problem);
}

const patternLengthMax = 2_000;
const cachedMax = 500;
/** Larger programs are made anew each time: many of them would fill the memory. */
const cachedSizeMax = 500;
const cache = new Map<string, RE2JS | string>();

/** A compiled expression, or what is wrong with it. It costs the same whether it is known already or not. */
function compilePattern(text: string, run: Run): RE2JS | string {
  if (text.length > patternLengthMax) return failCall(run, `a regular expression may have at most ${patternLengthMax} characters`);
  const pattern = cache.get(text) ?? compileNew(text);
  const size = typeof pattern === 'string' ? text.length : pattern.programSize();
  spend(run, size);
  if (cache.size >= cachedMax) cache.clear();
  if (size <= cachedSizeMax) cache.set(text, pattern);
  return pattern;
}

function compileNew(text: string): RE2JS | string {
  try {
    return RE2JS.compile(text);
  } catch (error) {
    // Without the part of the expression that it shows: a secret may be in it.
    return (error instanceof Error ? error.message : String(error)).replace(/: `.*$/s, '');
  }
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly group: (name: string) => string;
}

interface Search {
  readonly run: Run;
  /** How many matches to find at most; less than zero for all. */
  readonly limit: number;
}

function find(args: readonly Val[], search: Search): readonly Match[] {
  const pattern = compilePattern(textAt(args, 0), search.run);
  return typeof pattern === 'string' ? failCall(search.run, pattern) : findAll(pattern, textAt(args, 1), search);
}

/** Work grows with the text and with the expression: so does the cost. */
const freeWork = 128;

function findAll(pattern: RE2JS, text: string, { run, limit }: Search): readonly Match[] {
  const cost = (text.length * pattern.programSize()) / freeWork;
  spend(run, cost);
  const matcher = pattern.matcher(text);
  const matches: Match[] = [];
  const namedGroups = pattern.namedGroups();
  let lastEnd = -1;
  while (matches.length !== limit && matcher.find()) {
    const start = matcher.start();
    const end = matcher.end();
    spend(run, 1);
    // Nothing is no match where another has just ended.
    if (start === end && start === lastEnd) continue;
    lastEnd = end;
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index) ?? '');
    const group = (name: string): string => groups[/^[0-9]+$/.test(name) ? Number(name) : (namedGroups[name] ?? -1)] ?? '';
    matches.push({ start, end, text: text.slice(start, end), group });
  }
  return matches;
}

function findTexts(args: readonly Val[], run: Run): GoList {
  const matches = find(args, { run, limit: intAt(args, 2) });
  return matches.length === 0 ? { ...nilList, element: 'string' } : makeTexts(matches.map(({ text }) => text));
}

function replaceAll(args: readonly Val[], run: Run, replace: (template: string, match: Match, run: Run) => string): string {
  const [text, template] = [textAt(args, 1), textAt(args, 2)];
  const parts: string[] = [];
  let position = 0;
  let size = 0;
  for (const match of find(args, { run, limit: -1 })) {
    const fresh = replace(template, match, run);
    size += fresh.length;
    if (size > run.sizeBytesMax) claim(run, size);
    parts.push(text.slice(position, match.start), fresh);
    position = match.end;
  }
  parts.push(text.slice(position));
  return joinParts(parts, '', run);
}

/** `$1`, `${1}`, `$name` and `${name}` are what the group fits; `$$` is `$`. A name is as long as it can be. */
function expand(template: string, match: Match, run: Run): string {
  let size = 0;
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/gu, (whole: string, braced: string | undefined, bare: string | undefined) => {
    if (whole === '$$') return '$';
    const text = match.group(braced ?? bare ?? '');
    size += text.length;
    if (size > run.sizeBytesMax) claim(run, size);
    return text;
  });
}

/** Into so many parts at most; less than zero for all. */
function split(args: readonly Val[], run: Run): GoList {
  const limit = intAt(args, 2);
  const text = textAt(args, 1);
  if (limit === 0) return { ...nilList, element: 'string' };
  const pattern = textAt(args, 0);
  if (pattern !== '' && text === '') return makeTexts(['']);
  const parts: string[] = [];
  let begin = 0;
  let end = 0;
  for (const match of find(args, { run, limit })) {
    if (limit > 0 && parts.length === limit - 1) break;
    end = match.start;
    if (match.end !== 0) parts.push(text.slice(begin, end));
    begin = match.end;
  }
  if (end !== text.length) parts.push(text.slice(begin));
  return makeTexts(parts);
}
