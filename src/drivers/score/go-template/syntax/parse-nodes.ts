import { TemplateFault } from '../fault.ts';
import type { Node, Pipe } from './nodes.ts';
import { parsePipe } from './parse-pipe.ts';
import { readString } from './read-literal.ts';
import { ascend, descend, expect, failUnexpected, isKeyword, next, nextWord, peekWord, type TokenStream } from './token-stream.ts';
import type { Token } from './token.ts';

/** Reads a whole template; what it defines goes to `define`. */
export function parseMain(stream: TokenStream): readonly Node[] {
  const { nodes, ender } = parseList(stream, 'top');
  if (ender.kind !== 'end') failUnexpected(ender, 'the template');
  return nodes;
}

type Level = 'top' | 'inner';

interface NodeList {
  readonly nodes: readonly Node[];
  /** The `end` or `else` that ended it, or the end of the template. */
  readonly ender: Token;
}

function parseList(stream: TokenStream, level: Level): NodeList {
  const nodes: Node[] = [];
  for (;;) {
    const token = next(stream);
    if (token.kind === 'end') return { nodes, ender: token };
    if (token.kind === 'text') {
      nodes.push({ kind: 'text', at: token.at, text: token.text });
      continue;
    }
    const word = peekWord(stream);
    if (isKeyword(word, 'end') || isKeyword(word, 'else')) {
      stream.position++;
      return { nodes, ender: word };
    }
    if (level === 'top' && isKeyword(word, 'define')) parseDefinition(stream);
    else nodes.push(parseAction(stream, word));
  }
}

/** A list that must end with `end` or `else`. */
function parseBody(stream: TokenStream, context: string): NodeList {
  descend(stream);
  const list = parseList(stream, 'inner');
  ascend(stream);
  if (list.ender.kind === 'end') failUnexpected(list.ender, context);
  return list;
}

function parseAction(stream: TokenStream, word: Token): Node {
  if (word.kind !== 'keyword') return { kind: 'action', at: word.at, pipe: parsePipe(stream, { context: 'command', end: 'close' }) };
  stream.position++;
  switch (word.text) {
    case 'if':
    case 'with':
      return parseChoice(stream, { kind: word.text, at: word.at });
    case 'range':
      return parseRange(stream, word.at);
    case 'template':
      return parseCall(stream, word.at);
    case 'block':
      return parseBlock(stream, word.at);
    case 'break':
    case 'continue':
      return parseJump(stream, { kind: word.text, at: word.at });
    default:
      return failUnexpected(word, 'command');
  }
}

function parseChoice(stream: TokenStream, { kind, at }: { readonly kind: 'if' | 'with'; readonly at: number }): Node {
  const inSight = stream.variables.length;
  const branches: { readonly pipe: Pipe; readonly body: readonly Node[] }[] = [];
  for (;;) {
    const pipe = parsePipe(stream, { context: kind, end: 'close' });
    const { nodes: body, ender } = parseBody(stream, kind);
    branches.push({ pipe, body });
    const isNext = isKeyword(ender, 'else') && isKeyword(peekWord(stream), kind);
    if (isNext) {
      stream.position++;
      continue;
    }
    const otherwise = parseElse(stream, ender);
    stream.variables.length = inSight;
    return { kind, at, branches, otherwise };
  }
}

/** What follows a body: nothing after `end`, or the list of an `else`. */
function parseElse(stream: TokenStream, ender: Token): readonly Node[] {
  expect(stream, 'close', ender.text);
  if (isKeyword(ender, 'end')) return [];
  const { nodes, ender: last } = parseBody(stream, 'else');
  if (!isKeyword(last, 'end')) throw new TemplateFault('expected end; found {{else}}', last.at);
  expect(stream, 'close', 'end');
  return nodes;
}

function parseRange(stream: TokenStream, at: number): Node {
  const inSight = stream.variables.length;
  const pipe = parsePipe(stream, { context: 'range', end: 'close' });
  stream.rangeDepth++;
  const { nodes: body, ender } = parseBody(stream, 'range');
  stream.rangeDepth--;
  const otherwise = parseElse(stream, ender);
  stream.variables.length = inSight;
  return { kind: 'range', at, pipe, body, otherwise };
}

function parseJump(stream: TokenStream, { kind, at }: { readonly kind: 'break' | 'continue'; readonly at: number }): Node {
  expect(stream, 'close', `{{${kind}}}`);
  if (stream.rangeDepth === 0) throw new TemplateFault(`{{${kind}}} outside {{range}}`, at);
  return { kind, at };
}

function parseCall(stream: TokenStream, at: number): Node {
  const name = parseName(stream, 'template clause');
  if (peekWord(stream).kind !== 'close')
    return { kind: 'template', at, name, pipe: parsePipe(stream, { context: 'template clause', end: 'close' }) };
  next(stream);
  return { kind: 'template', at, name, pipe: undefined };
}

function parseName(stream: TokenStream, context: string): string {
  const token = nextWord(stream);
  if (token.kind !== 'string' && token.kind !== 'rawString') failUnexpected(token, context);
  return readString(token);
}

function parseBlock(stream: TokenStream, at: number): Node {
  const name = parseName(stream, 'block clause');
  const pipe = parsePipe(stream, { context: 'block clause', end: 'close' });
  parseDefined(stream, { name, at, context: 'block clause' });
  return { kind: 'template', at, name, pipe };
}

function parseDefinition(stream: TokenStream): void {
  const { at } = next(stream);
  const name = parseName(stream, 'define clause');
  expect(stream, 'close', 'define clause');
  parseDefined(stream, { name, at, context: 'define clause' });
}

/** The body of a template of its own: it sees none of the variables around. */
function parseDefined(
  stream: TokenStream,
  { name, at, context }: { readonly name: string; readonly at: number; readonly context: string },
): void {
  const { variables, rangeDepth } = stream;
  stream.variables = ['$'];
  stream.rangeDepth = 0;
  const { nodes, ender } = parseBody(stream, context);
  if (!isKeyword(ender, 'end')) failUnexpected(ender, context);
  expect(stream, 'close', context);
  stream.variables = variables;
  stream.rangeDepth = rangeDepth;
  stream.define(name, { at, nodes });
}
