import { TemplateFault } from '../fault.ts';
import type { Command, Operand, Pipe } from './nodes.ts';
import { readBoolean, readCharacter, readNumber, readString } from './read-literal.ts';
import { ascend, descend, failUnexpected, next, peek, peekWord, type TokenStream } from './token-stream.ts';
import type { Token, TokenKind } from './token.ts';

export interface PipeContext {
  /** What the pipeline belongs to, for messages. */
  readonly context: string;
  readonly end: 'close' | 'rightParen';
}

/** Reads a pipeline with what it declares or assigns, up to and with what ends it. */
export function parsePipe(stream: TokenStream, { context, end }: PipeContext): Pipe {
  const { at } = peekWord(stream);
  const { targets, isAssignment } = parseTargets(stream, context);
  const commands: Command[] = [];
  for (;;) {
    const token = peekWord(stream);
    if (token.kind === end) break;
    if (!startsOperand(token)) failUnexpected(token, context);
    if (commands.length >= commandsMax)
      throw new TemplateFault(`more than ${commandsMax} commands are piped into each other here`, token.at);
    commands.push(parseCommand(stream));
  }
  next(stream);
  checkCommands(commands, { context, at });
  // A variable is in sight from its declaration on, in its own pipeline too.
  return { at, targets, isAssignment, commands };
}

/** Each command of a pipeline is worked out within the next. */
const commandsMax = 200;

const operandStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'boolean',
  'character',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'rawString',
  'string',
  'variable',
  'leftParen',
]);

function startsOperand(token: Token): boolean {
  return operandStarts.has(token.kind);
}

interface Targets {
  readonly targets: readonly number[];
  readonly isAssignment: boolean;
}

function parseTargets(stream: TokenStream, context: string): Targets {
  const names: Token[] = [];
  for (;;) {
    const start = stream.position;
    const variable = peekWord(stream);
    if (variable.kind !== 'variable') break;
    next(stream);
    const sign = peekWord(stream);
    if (sign.kind === 'assign' || sign.kind === 'declare') {
      next(stream);
      return bindTargets(stream, [...names, variable], sign);
    }
    if (sign.kind !== 'comma') {
      stream.position = start;
      break;
    }
    next(stream);
    names.push(variable);
    if (context !== 'range' || names.length > 1) throw new TemplateFault(`too many declarations in ${context}`, variable.at);
    if (peekWord(stream).kind !== 'variable') throw new TemplateFault('range can only initialize variables', peek(stream).at);
  }
  if (names.length > 0) throw new TemplateFault('expected := or = after the variables of a range', peek(stream).at);
  return { targets: [], isAssignment: false };
}

function bindTargets(stream: TokenStream, names: readonly Token[], sign: Token): Targets {
  if (sign.kind === 'assign') return { targets: names.map((name) => findVariable(stream, name)), isAssignment: true };
  const targets = names.map(({ text }) => stream.variables.push(text) - 1);
  return { targets, isAssignment: false };
}

function findVariable(stream: TokenStream, { text, at }: Token): number {
  const slot = stream.variables.lastIndexOf(text);
  if (slot < 0) throw new TemplateFault(`undefined variable "${text}"`, at);
  return slot;
}

function checkCommands(commands: readonly Command[], { context, at }: { readonly context: string; readonly at: number }): void {
  if (commands.length === 0) throw new TemplateFault(`missing value for ${context}`, at);
  for (const [index, { head, at: start }] of commands.entries()) {
    const isPassive = head.kind === 'literal' || head.kind === 'dot' || head.kind === 'nil';
    if (index > 0 && isPassive) throw new TemplateFault(`non executable command in pipeline stage ${index + 1}`, start);
  }
}

function parseCommand(stream: TokenStream): Command {
  const { at } = peekWord(stream);
  const operands: Operand[] = [];
  for (;;) {
    const operand = parseOperand(stream);
    if (operand) operands.push(operand);
    const token = peek(stream);
    if (token.kind === 'close' || token.kind === 'rightParen') break;
    next(stream);
    if (token.kind === 'pipe') break;
    if (token.kind !== 'space') failUnexpected(token, 'operand');
  }
  const [head, ...args] = operands;
  if (!head) throw new TemplateFault('empty command', at);
  return { at, head, args };
}

/** A term, and the fields that hang on it. */
function parseOperand(stream: TokenStream): Operand | undefined {
  const token = peekWord(stream);
  if (!startsOperand(token)) return undefined;
  next(stream);
  const term = parseTerm(stream, token);
  const names: string[] = [];
  while (peek(stream).kind === 'field') names.push(next(stream).text.slice(1));
  return names.length === 0 ? term : addFields(term, names, token);
}

function addFields(term: Operand, names: readonly string[], token: Token): Operand {
  switch (term.kind) {
    case 'field':
    case 'variable':
      return { ...term, names: [...term.names, ...names] };
    case 'literal':
    case 'dot':
    case 'nil':
      throw new TemplateFault(`unexpected . after term "${token.text}"`, token.at);
    default:
      return { kind: 'chain', at: token.at, base: term, names };
  }
}

function parseTerm(stream: TokenStream, token: Token): Operand {
  const { at, text } = token;
  switch (token.kind) {
    case 'identifier':
      if (!stream.knowsFunction(text)) throw new TemplateFault(`function "${text}" not defined`, at);
      return { kind: 'function', at, name: text };
    case 'dot':
    case 'nil':
      return { kind: token.kind, at };
    case 'variable':
      return { kind: 'variable', at, slot: findVariable(stream, token), name: text, names: [] };
    case 'field':
      return { kind: 'field', at, names: [text.slice(1)] };
    case 'leftParen':
      return parseParenthesised(stream, at);
    default:
      return { kind: 'literal', at, text, value: readLiteral(token) };
  }
}

function parseParenthesised(stream: TokenStream, at: number): Operand {
  descend(stream);
  const pipe = parsePipe(stream, { context: 'parenthesized pipeline', end: 'rightParen' });
  ascend(stream);
  return { kind: 'pipe', at, pipe };
}

function readLiteral(token: Token): Extract<Operand, { kind: 'literal' }>['value'] {
  switch (token.kind) {
    case 'boolean':
      return readBoolean(token);
    case 'character':
      return readCharacter(token);
    case 'number':
      return readNumber(token);
    default:
      return readString(token);
  }
}
