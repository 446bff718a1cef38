import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Diagnostic, Place, Position, Related, SourceRange } from '../diagnostics/diagnostic.ts';
import type { Overrides } from '../model/overrides.ts';
import { makeRedirect, type Redirection } from './overrides/redirect.ts';
import { checkText } from './text.ts';
import { makeRangeFinder, type RangeFinder } from './text-position.ts';
import { dropMark } from './yaml.ts';
import { spanOf } from './yaml-json.ts';
import { composeStream, defaultLimits } from './yaml-stream.ts';

export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** What is laid over it: a place that they set is shown in them. */
  readonly overrides?: Overrides | undefined;
}

interface LocatedFile {
  readonly documents: readonly Document[];
  readonly rangeOf: RangeFinder;
  readonly source: string;
}

/**
 * Turns the places of diagnostics, and of what is related to them, into source ranges, and puts them in order.
 * Rule: a place that does not exist (a missing key) points at the key of its nearest existing parent; aliases and merge keys are followed;
 * what an override has set points into the overrides file, or at the property as line of `--override-property`; order by file, line and column, diagnostics without a place last; otherwise the order stays.
 * Shape: reads only the texts of files that a place names, each once; diagnostics whose file is not given keep their place.
 * Units: lines and columns from 1, columns in UTF-16 code units.
 */
export function locate(diagnostics: readonly Diagnostic[], texts: readonly SourceText[]): readonly Diagnostic[] {
  const textByFile = new Map([...texts.flatMap(listOverridesFiles), ...texts].map((each) => [each.file, each.text]));
  const opened = new Map<string, LocatedFile | undefined>();
  const open = (file: string): LocatedFile | undefined => {
    if (!opened.has(file)) opened.set(file, openFile(file, textByFile.get(file)));
    return opened.get(file);
  };
  const finder: Finder = { open, redirect: makeRedirect(texts) };
  return diagnostics.map((each) => locateDiagnostic(each, finder)).toSorted(compareBySource);
}

function listOverridesFiles({ overrides }: SourceText): NonNullable<Overrides['files']> {
  return overrides?.files ?? [];
}

/** Says how the scalar at a place is written, without quotes: what a number looked like before YAML made it one. */
export function makeWrittenReader(source: SourceText): (place: Place) => string | undefined {
  const redirect = makeRedirect([source]);
  let located: LocatedFile | undefined;
  return (place) => {
    const redirected = redirect(place);
    if (redirected.kind === 'property') return redirected.written;
    // Quotes in an overrides file are not looked at: nearly always the value says enough.
    if (redirected.place.file !== source.file) return undefined;
    located ??= openFile(source.file, source.text);
    const document = located?.documents[redirected.place.document];
    const found = document && findNode(document, redirected.place);
    return found?.isExact && isScalar(found.node) ? found.node.source : undefined;
  };
}

interface Finder {
  readonly open: (file: string) => LocatedFile | undefined;
  readonly redirect: (place: Place) => Redirection;
}

function openFile(file: string, text: string | undefined): LocatedFile | undefined {
  if (text === undefined) return undefined;
  const source = dropMark(text);
  if (checkText(file, source, defaultLimits.sizeMax).length > 0) return undefined;
  const { documents } = composeStream(source, defaultLimits);
  return { documents: documents.map((each) => each.document), rangeOf: makeRangeFinder(file, source), source };
}

function locateDiagnostic(diagnostic: Diagnostic, finder: Finder): Diagnostic {
  const related = diagnostic.related.map((each): Related => withSource(each, finder));
  return { ...withSource(diagnostic, finder), related };
}

function withSource<T extends { readonly place?: Place; readonly source?: SourceRange }>(item: T, finder: Finder): T {
  if (item.source || !item.place) return item;
  const source = findRange(item.place, finder);
  return source ? { ...item, source } : item;
}

function findRange(named: Place, { open, redirect }: Finder): SourceRange | undefined {
  const redirected = redirect(named);
  if (redirected.kind === 'property') return redirected.range;
  const { place } = redirected;
  const located = open(place.file);
  const document = located?.documents[place.document];
  if (!located || !document) return undefined;
  const found = findNode(document, place);
  const within = place.at && found.isExact ? findWithin(found.node, located.source, place.at) : undefined;
  return located.rangeOf(within ?? chooseSpan(found, place));
}

/** A point within a block scalar, whose lines stand in the file as they are but for their indentation; one character wide. */
function findWithin(node: unknown, source: string, at: Position): readonly [number, number] | undefined {
  if (!isScalar(node) || node.type !== 'BLOCK_LITERAL') return undefined;
  const lines = source.slice(...spanOf(node)).split('\n');
  const body = lines.slice(1);
  const indent = Math.min(...body.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  const line = body[at.line - 1];
  if (line === undefined || !Number.isFinite(indent)) return undefined;
  const before = lines.slice(0, at.line).reduce((sum, each) => sum + each.length + 1, 0);
  const start = spanOf(node)[0] + before + Math.min(indent + at.column - 1, line.length);
  return [start, start + 1];
}

interface Found {
  /** The pair whose value was reached, where there is one. */
  readonly pair?: Pair | undefined;
  readonly node: unknown;
  readonly isExact: boolean;
}

function findNode(document: Document, place: Place): Found {
  let found: Found = { node: document.contents, isExact: true };
  for (const segment of place.path) {
    const next = findChild(document, found.node, segment);
    if (!next) return { ...found, isExact: false };
    found = next;
  }
  return found;
}

function findChild(document: Document, parent: unknown, segment: string | number): Found | undefined {
  const node = followAlias(document, parent);
  if (isSeq(node)) {
    const item: unknown = typeof segment === 'number' ? node.items[segment] : undefined;
    return item === undefined ? undefined : { node: item, isExact: true };
  }
  if (!isMap(node)) return undefined;
  const pair = findPair(document, node, String(segment));
  return pair && { pair, node: pair.value, isExact: true };
}

function findPair(document: Document, map: YAMLMap, key: string): Pair | undefined {
  const own = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
  if (own) return own;
  for (const pair of map.items) {
    if (!isScalar(pair.key) || pair.key.value !== '<<') continue;
    const merged = findMergedPair(document, pair.value, key);
    if (merged) return merged;
  }
  return undefined;
}

function findMergedPair(document: Document, value: unknown, key: string): Pair | undefined {
  const source = followAlias(document, value);
  const maps: readonly unknown[] = isSeq(source) ? source.items : [source];
  for (const each of maps) {
    const map = followAlias(document, each);
    const pair = isMap(map) ? findPair(document, map, key) : undefined;
    if (pair) return pair;
  }
  return undefined;
}

function followAlias(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isScalar(node) || isMap(node) || isSeq(node) ? node : undefined;
}

/** A value that begins on a line of its own, or is empty, or was not found, is shown by its key. */
function chooseSpan({ pair, node, isExact }: Found, place: Place): readonly [number, number] {
  const wantsKey = place.on === 'key' || !isExact || isBlockCollection(node) || isEmptyScalar(node);
  if (pair && wantsKey) return spanOf(pair.key);
  const [start, end] = spanOf(node);
  return isBlockCollection(node) ? [start, start] : [start, end];
}

function isBlockCollection(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow !== true;
}

function isEmptyScalar(node: unknown): boolean {
  if (isScalar(node)) return node.source === '' && node.type === 'PLAIN';
  return !isMap(node) && !isSeq(node) && !isAlias(node);
}

function compareBySource(left: Diagnostic, right: Diagnostic): number {
  const a = left.source;
  const b = right.source;
  if (!a || !b) return Number(!a) - Number(!b);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.start.line - b.start.line || a.start.column - b.start.column;
}
