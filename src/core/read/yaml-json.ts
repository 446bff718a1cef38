import { isAlias, isMap, isScalar, isSeq, type Alias, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Code } from '../diagnostics/catalogue/index.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/quote.ts';
import { diagnose } from '../diagnostics/report.ts';
import { markKey, type Json, type JsonObject } from '../model/value.ts';
import type { RangeFinder } from './text-position.ts';
import type { YamlLimits } from './yaml-stream.ts';

export interface ConvertedDocument {
  readonly value: Json;
  readonly diagnostics: readonly Diagnostic[];
}

export type ConversionLimits = Pick<YamlLimits, 'valuesMax' | 'depthMax'>;

interface Anchored {
  readonly value: Json;
  /** How many values it unfolds to. */
  readonly size: number;
}

/** The work on one document: what was counted, found and complained about so far. */
interface Conversion {
  readonly rangeOf: RangeFinder;
  readonly limits: ConversionLimits;
  readonly anchors: Map<string, Anchored | 'open'>;
  readonly diagnostics: Diagnostic[];
  count: number;
  depth: number;
  isExhausted: boolean;
}

const diagnosticsMax = 100;
const protoKey = '__proto__';

/**
 * Turns a syntax tree into plain data, in one walk.
 * Rule: objects with own keys only, `__proto__` refused; duplicate and non-text keys are errors, the first one stands;
 * aliases share the value of the last anchor before them and count as often as they unfold; merge keys (`<<`) fill in what the map does not set.
 * Reports: T1005, T1006, T1007, T1011 – T1017, T1019.
 */
export function convertTree(root: unknown, limits: ConversionLimits, rangeOf: RangeFinder): ConvertedDocument {
  const work: Conversion = { rangeOf, limits, anchors: new Map(), diagnostics: [], count: 0, depth: 0, isExhausted: false };
  const value = convertNode(root, work);
  return { value, diagnostics: work.diagnostics };
}

function convertNode(node: unknown, work: Conversion): Json {
  if (isAlias(node)) return unfoldAlias(node, work);
  if (!countValues(1, node, work)) return null;
  const anchor = readAnchor(node);
  if (anchor === undefined) return convertPlain(node, work);
  const countBefore = work.count;
  work.anchors.set(anchor, 'open');
  const value = convertPlain(node, work);
  work.anchors.set(anchor, { value, size: work.count - countBefore + 1 });
  return value;
}

function readAnchor(node: unknown): string | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
}

function convertPlain(node: unknown, work: Conversion): Json {
  if (isScalar(node)) return convertScalar(node, work);
  if (work.depth >= work.limits.depthMax) return refuseDepth(node, work);
  work.depth++;
  const value = isMap(node) ? convertMap(node, work) : isSeq(node) ? convertList(node, work) : null;
  work.depth--;
  return value;
}

function convertScalar(scalar: Scalar, work: Conversion): Json {
  const { value } = scalar;
  if (typeof value === 'string') return checkString(value, scalar, work);
  if (typeof value === 'number') return checkNumber(value, scalar, work);
  return typeof value === 'boolean' ? value : null;
}

function checkString(value: string, scalar: Scalar, work: Conversion): string {
  // Only an escape can bring half of a pair in; everything else came out of a UTF-8 decoder.
  if (scalar.type === 'QUOTE_DOUBLE' && !value.isWellFormed()) {
    report(work, 'T1019', { node: scalar, detail: 'An escape names half of a surrogate pair. Write the whole character instead.' });
  }
  return value;
}

function checkNumber(value: number, scalar: Scalar, work: Conversion): number {
  const source = scalar.source ?? String(value);
  if (!Number.isFinite(value)) {
    report(work, 'T1015', {
      node: scalar,
      detail: `${quote(source)} is no number that JSON knows. Put it in quotes if it is meant as text.`,
    });
    return 0;
  }
  const losesDigits = Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.eE]/.test(source.replace(/^0x.*/i, ''));
  if (losesDigits) {
    const detail = `${quote(source)} has more digits than a number can hold here and would become ${value}. Put it in quotes.`;
    report(work, 'T1015', { node: scalar, detail });
  }
  // There is no negative zero among the numbers that people mean.
  return value === 0 ? 0 : value;
}

function convertList(list: YAMLSeq, work: Conversion): readonly Json[] {
  const items: Json[] = [];
  for (const item of list.items) {
    if (work.isExhausted) break;
    items.push(convertNode(item, work));
  }
  return items;
}

function convertMap(map: YAMLMap, work: Conversion): JsonObject {
  const result: Record<string, Json> = {};
  const merges: Pair[] = [];
  for (const pair of map.items) {
    if (work.isExhausted) break;
    if (isMergeKey(pair.key)) merges.push(pair);
    else convertPair({ pair, map, result }, work);
  }
  for (const pair of merges) mergeInto(result, pair, work);
  return result;
}

interface PairWork {
  readonly pair: Pair;
  readonly map: YAMLMap;
  readonly result: Record<string, Json>;
}

function convertPair({ pair, map, result }: PairWork, work: Conversion): void {
  const key = readKey(pair.key, work);
  const value = convertNode(pair.value, work);
  if (key === undefined) return;
  if (Object.hasOwn(result, key)) {
    reportDuplicate({ pair, map, key }, work);
    return;
  }
  result[key] = value;
}

function reportDuplicate({ pair, map, key }: { readonly pair: Pair; readonly map: YAMLMap; readonly key: string }, work: Conversion): void {
  if (work.diagnostics.length >= diagnosticsMax) return;
  const first = map.items.find((each) => isScalar(each.key) && each.key.value === key);
  report(work, 'T1011', {
    node: pair.key,
    detail: `${quote(key)} is set again here. Remove or rename one of the two.`,
    related: { node: first?.key, message: 'It is set first here.' },
  });
}

/** The key as text, or nothing when it must not be used; says why. */
function readKey(node: unknown, work: Conversion): string | undefined {
  convertKeyAnchor(node, work);
  if (!isScalar(node) || typeof node.value !== 'string') {
    report(work, 'T1012', { node, detail: describeKey(node) });
    return undefined;
  }
  const key = checkString(node.value, node, work);
  if (key !== protoKey && key !== markKey) return key;
  report(work, 'T1013', { node, detail: `${quote(key)} may not be used as a key in any document. Choose another name.` });
  return undefined;
}

function convertKeyAnchor(node: unknown, work: Conversion): void {
  const anchor = readAnchor(node);
  if (anchor !== undefined && isScalar(node)) work.anchors.set(anchor, { value: convertScalar(node, work), size: 1 });
}

function describeKey(node: unknown): string {
  if (isAlias(node)) return 'An alias cannot be a key here. Write the key out.';
  if (isMap(node) || isSeq(node))
    return 'A list or a map cannot be a key. If braces or brackets belong to the text, put the key in quotes.';
  const source = isScalar(node) ? (node.source ?? '') : '';
  if (source === '') return 'There is no key before the colon. Write one; "" is the empty text.';
  return `YAML reads ${quote(source)} as a number, a truth value or nothing. Write it in quotes: "${source}".`;
}

function isMergeKey(node: unknown): node is Scalar {
  return isScalar(node) && node.value === '<<' && node.type === 'PLAIN';
}

function mergeInto(result: Record<string, Json>, pair: Pair, work: Conversion): void {
  const value = convertNode(pair.value, work);
  if (work.isExhausted) return;
  const sources = Array.isArray(value) ? value : [value];
  for (const source of sources) {
    if (!isJsonObject(source)) {
      report(work, 'T1017', { node: pair.key, detail: '`<<` takes a map, an alias of one (`<<: *defaults`), or a list of these.' });
      return;
    }
    for (const [key, member] of Object.entries(source)) {
      if (!Object.hasOwn(result, key)) result[key] = member;
    }
  }
}

function unfoldAlias(alias: Alias, work: Conversion): Json {
  const anchored = work.anchors.get(alias.source);
  if (anchored === undefined || anchored === 'open') {
    const reason = anchored ? 'contains this alias itself, so it would never end' : 'is not defined before this alias';
    report(work, 'T1016', { node: alias, detail: `The anchor ${quote(alias.source)} ${reason}. Write the value out.` });
    return null;
  }
  if (!countValues(anchored.size, alias, work)) return null;
  if (work.depth + measureHeight(anchored.value) <= work.limits.depthMax) return anchored.value;
  return refuseDepth(alias, work);
}

/** The parser's own check is a little wider, since its stack does not show where an alias or an implicit map adds a level. */
function refuseDepth(node: unknown, work: Conversion): null {
  const detail = `The limit of ${work.limits.depthMax} levels of lists and maps${isAlias(node) ? ', aliases unfolded,' : ''} is passed here.`;
  report(work, 'T1005', { node, detail });
  return null;
}

/** Levels of lists and maps within a value; its cost is covered by the count of the values it unfolds to. */
function measureHeight(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  let height = 0;
  for (const member of Object.values(value)) height = Math.max(height, measureHeight(member));
  return height + 1;
}

/** Counts; says so once, when the limit is passed, and ends the walk. */
function countValues(size: number, node: unknown, work: Conversion): boolean {
  work.count += size;
  if (work.count <= work.limits.valuesMax) return !work.isExhausted;
  if (!work.isExhausted) {
    work.isExhausted = true;
    const isAliased = isAlias(node);
    const detail = `The limit of ${work.limits.valuesMax} values is passed here${isAliased ? ', aliases unfolded' : ''}. The rest was not read.`;
    report(work, isAliased ? 'T1007' : 'T1006', { node, detail });
  }
  return false;
}

interface Finding {
  readonly node: unknown;
  readonly detail: string;
  readonly related?: { readonly node: unknown; readonly message: string };
}

function report(work: Conversion, code: Code, { node, detail, related }: Finding): void {
  if (work.diagnostics.length >= diagnosticsMax) return;
  work.diagnostics.push(
    diagnose(code, {
      source: work.rangeOf(spanOf(node)),
      detail,
      related: related && [{ message: related.message, source: work.rangeOf(spanOf(related.node)) }],
    }),
  );
}

/** Where a node stands, without the blank space and comments after it. */
export function spanOf(node: unknown): readonly [number, number] {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : [0, 0];
}

/** Says whether data is a map. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
