import { TemplateFault } from '../fault.ts';
import type { Token, TokenKind } from './token.ts';

/** Reads tokens one after the other, and keeps what is known at the place that is read. */
export interface TokenStream {
  readonly tokens: readonly Token[];
  position: number;
  /** Names of the variables in sight; the index is the slot. */
  variables: string[];
  /** How many `range` are around. */
  rangeDepth: number;
  /** How many blocks and parentheses are around. */
  depth: number;
  readonly knowsFunction: (name: string) => boolean;
  readonly define: (name: string, definition: Definition) => void;
}

export interface Definition {
  readonly at: number;
  readonly nodes: readonly import('./nodes.ts').Node[];
}

const endToken: Token = { kind: 'end', text: '', at: 0 };

export function peek(stream: TokenStream): Token {
  return stream.tokens[stream.position] ?? stream.tokens.at(-1) ?? endToken;
}

export function next(stream: TokenStream): Token {
  const token = peek(stream);
  stream.position++;
  return token;
}

/** Passes space, and shows what follows. */
export function peekWord(stream: TokenStream): Token {
  while (peek(stream).kind === 'space') stream.position++;
  return peek(stream);
}

export function nextWord(stream: TokenStream): Token {
  peekWord(stream);
  return next(stream);
}

export function expect(stream: TokenStream, kind: TokenKind, context: string): Token {
  const token = nextWord(stream);
  if (token.kind !== kind) failUnexpected(token, context);
  return token;
}

export function isKeyword(token: Token, word: string): boolean {
  return token.kind === 'keyword' && token.text === word;
}

export function failUnexpected(token: Token, context: string): never {
  if (token.kind === 'end') throw new TemplateFault(`unexpected end of the template: an {{end}} is missing (${context})`, token.at);
  const shown = token.kind === 'text' ? 'text' : token.kind === 'keyword' ? `{{${token.text}}}` : `"${token.text}"`;
  throw new TemplateFault(`unexpected ${shown} in ${context}`, token.at);
}

/** Blocks and parentheses within each other; more would be a mistake or an attack. */
const depthMax = 100;

export function descend(stream: TokenStream): void {
  stream.depth++;
  if (stream.depth > depthMax)
    throw new TemplateFault(`more than ${depthMax} blocks or parentheses are within each other here`, peek(stream).at);
}

export function ascend(stream: TokenStream): void {
  stream.depth--;
}
