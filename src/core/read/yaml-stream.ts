import { Composer, isCollection, Lexer, Parser, visit, type CST, type Document, type Node } from 'yaml';

/** What a file may hold, so that no input can exhaust time or memory. */
export interface YamlLimits {
  /** UTF-16 code units. */
  readonly sizeMax: number;
  /** Lists and maps within one another. */
  readonly depthMax: number;
  /** Keys, items and values of a file, aliases unfolded. */
  readonly valuesMax: number;
  readonly documentsMax: number;
}

export const defaultLimits: YamlLimits = {
  sizeMax: 4 * 1024 * 1024,
  depthMax: 100,
  valuesMax: 200_000,
  documentsMax: 2_000,
};

/** A complaint of the parser, by offsets. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly span: readonly [number, number];
  /** Where the quote or bracket stands that is not closed: the parser complains at the end of the text only. */
  readonly opening?: readonly [number, number];
}

export interface ComposedDocument {
  readonly document: Document;
  readonly problems: readonly YamlProblem[];
}

export type LimitName = 'depthMax' | 'valuesMax' | 'documentsMax';

export interface YamlStream {
  readonly documents: readonly ComposedDocument[];
  /** The limit that made reading stop; nothing was composed then. */
  readonly exceeded?: { readonly limit: LimitName; readonly offset: number };
  /** Complaints about a stream without any document. */
  readonly problems: readonly YamlProblem[];
}

/** One mistake brings forth many complaints; the first ones say it. */
const problemsMax = 100;

/** A mapping entry is at most six tokens: indent, key, colon, space, value, line break. */
const tokensPerValue = 6;

/**
 * Turns a text into the syntax trees of its documents.
 * Rule: depth, number of tokens and number of documents are checked while the flat token stream is read, so that the
 * recursive composer never sees a tree that could overflow its stack.
 */
export function composeStream(text: string, limits: YamlLimits): YamlStream {
  const { tokens, exceeded } = readTokens(text, limits);
  if (exceeded) return { documents: [], exceeded, problems: [] };
  return composeTokens(tokens, text.length);
}

interface TokenStream {
  readonly tokens: readonly CST.Token[];
  readonly exceeded?: { readonly limit: LimitName; readonly offset: number };
}

function readTokens(text: string, limits: YamlLimits): TokenStream {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const tokensMax = limits.valuesMax * tokensPerValue;
  // The parser's stack also holds the document and the scalar that is being read.
  const stackMax = limits.depthMax + 2;
  let tokenCount = 0;
  let documentCount = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'document') documentCount++;
    }
    tokenCount++;
    if (parser.stack.length > stackMax) return { tokens, exceeded: { limit: 'depthMax', offset: parser.offset } };
    if (tokenCount > tokensMax) return { tokens, exceeded: { limit: 'valuesMax', offset: parser.offset } };
    if (documentCount > limits.documentsMax) return { tokens, exceeded: { limit: 'documentsMax', offset: parser.offset } };
  }
  tokens.push(...parser.end());
  return { tokens };
}

function composeTokens(tokens: readonly CST.Token[], textLength: number): YamlStream {
  const composer = new Composer({
    schema: 'core',
    version: '1.2',
    merge: false,
    resolveKnownTags: false,
    prettyErrors: false,
    // Its check compares each key with each other one; duplicates are found while the data is built.
    uniqueKeys: false,
    logLevel: 'silent',
  });
  limitComplaints(composer);
  const documents: ComposedDocument[] = [];
  const keep = (document: Document): void => {
    documents.push({ document, problems: listProblems(document).map((problem) => addOpening(problem, document)) });
  };
  for (const token of limitErrors(tokens)) for (const document of composer.next(token)) keep(document);
  for (const document of composer.end(false, textLength)) keep(document);
  return { documents, problems: documents.length > 0 ? [] : listProblems(composer.streamInfo()) };
}

/**
 * Lets the composer make only so many complaints: each is an Error with a stack trace, and a text of commas makes one
 * a character. The handler is not public; if a release of `yaml` renames it, this has no effect and a test fails.
 */
function limitComplaints(composer: Composer): void {
  const report: unknown = Reflect.get(composer, 'onError');
  if (typeof report !== 'function') return;
  let count = 0;
  const limited = (...complaint: readonly unknown[]): void => {
    count++;
    if (count <= problemsMax) Reflect.apply(report, composer, complaint);
  };
  Reflect.set(composer, 'onError', limited);
}

/** Drops the error tokens beyond the limit, for the same reason. */
function limitErrors(tokens: readonly CST.Token[]): readonly CST.Token[] {
  let count = 0;
  return tokens.filter((token) => {
    if (token.type !== 'error') return true;
    count++;
    return count <= problemsMax;
  });
}

type Complaints = Pick<Document, 'errors' | 'warnings'>;

function listProblems({ errors, warnings }: Complaints): readonly YamlProblem[] {
  return [...errors, ...warnings].map(({ code, message, pos }) => ({ code, message, span: pos }));
}

const unclosed = /^Missing closing|end with a [\]}]/;

function addOpening(problem: YamlProblem, document: Document): YamlProblem {
  if (!unclosed.test(problem.message)) return problem;
  const [at] = problem.span;
  let opening: number | undefined;
  const look = (node: Node): void => {
    const [start, end] = node.range ?? [at, at];
    if (start < at && end >= at && start > (opening ?? -1)) opening = start;
  };
  visit(document, {
    Collection: (_key, node) => (node.flow && isCollection(node) ? look(node) : undefined),
    Scalar: (_key, node) => (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? look(node) : undefined),
  });
  return opening === undefined ? problem : { ...problem, opening: [opening, opening + 1] };
}
