import { TemplateFault } from '../fault.ts';
import { closeDelimiter, isSpace, type Closed } from './delimiter.ts';
import { keywords, type Token, type TokenKind } from './token.ts';

const wordAt = /[\p{L}\p{Nd}_]+/uy;
const spaceAt = /[ \t\r\n]+/y;
const numberAt =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[bB][01_]*|0[oO][0-7_]*|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y;
const closing: Readonly<Record<string, string>> = { '"': 'unterminated quoted string', "'": 'unterminated character constant' };

/** Cuts what stands between the delimiters into tokens, up to and with the closing one. */
export function lexAction(tokens: Token[], text: string, start: number): Closed {
  let position = start;
  let depth = 0;
  for (;;) {
    const closed = closeDelimiter(text, position);
    if (closed) {
      if (depth > 0) throw new TemplateFault('unclosed left paren', position);
      tokens.push({ kind: 'close', text: '}}', at: position });
      return closed;
    }
    const token = lexOne(text, position, start);
    if (token.kind === 'leftParen') depth++;
    if (token.kind === 'rightParen' && --depth < 0) throw new TemplateFault('unexpected right paren', position);
    tokens.push(token);
    position += token.text.length;
  }
}

const marks: Readonly<Record<string, TokenKind>> = { '|': 'pipe', '(': 'leftParen', ')': 'rightParen', ',': 'comma', '=': 'assign' };

function lexOne(text: string, at: number, start: number): Token {
  const character = text[at] ?? '';
  if (character === '') throw new TemplateFault('unclosed action', start);
  if (isSpace(character)) return { kind: 'space', text: lexSpace(text, at), at };
  const mark = marks[character];
  if (mark) return { kind: mark, text: character, at };
  return (lexers[character] ?? (isDigit(character) ? lexNumber : lexWord))(text, at);
}

const lexers: Readonly<Record<string, (text: string, at: number) => Token>> = {
  ':': lexDeclare,
  '"': lexQuoted,
  "'": lexQuoted,
  '`': lexRaw,
  $: (text, at) => lexName(text, { at, kind: 'variable' }),
  '.': (text, at) => (isDigit(text[at + 1]) ? lexNumber(text, at) : lexDot(text, at)),
  '+': lexNumber,
  '-': lexNumber,
};

/** Space before a closing `-}}` belongs to the marker: one is left for it. */
function lexSpace(text: string, at: number): string {
  const run = matchAt(spaceAt, text, at);
  return text.startsWith('-}}', at + run.length) && run.length > 1 ? run.slice(0, -1) : run;
}

function lexDeclare(text: string, at: number): Token {
  if (text[at + 1] !== '=') throw new TemplateFault('expected :=', at);
  return { kind: 'declare', text: ':=', at };
}

function lexQuoted(text: string, at: number): Token {
  const quote = text[at] ?? '';
  for (let position = at + 1; position < text.length; position++) {
    const character = text[position];
    if (character === '\n') break;
    if (character === quote) return { kind: quote === '"' ? 'string' : 'character', text: text.slice(at, position + 1), at };
    if (character === '\\' && text[position + 1] !== '\n') position++;
  }
  throw new TemplateFault(closing[quote] ?? '', at);
}

function lexRaw(text: string, at: number): Token {
  const end = text.indexOf('`', at + 1);
  if (end < 0) throw new TemplateFault('unterminated raw quoted string', at);
  return { kind: 'rawString', text: text.slice(at, end + 1), at };
}

function lexDot(text: string, at: number): Token {
  const next = matchAt(wordAt, text, at + 1);
  if (next !== '') return lexName(text, { at, kind: 'field' });
  return checkEnd(text, { kind: 'dot', text: '.', at });
}

/** `$x`, `$` or `.x`: a sign and a name. */
function lexName(text: string, { at, kind }: { readonly at: number; readonly kind: TokenKind }): Token {
  return checkEnd(text, { kind, text: `${text[at] ?? ''}${matchAt(wordAt, text, at + 1)}`, at });
}

function lexNumber(text: string, at: number): Token {
  const number = matchAt(numberAt, text, at);
  const rest = matchAt(wordAt, text, at + number.length);
  if (rest !== '' || number === '' || /^[+-]$/.test(number)) throw new TemplateFault(`bad number syntax: "${number}${rest}"`, at);
  return { kind: 'number', text: number, at };
}

function lexWord(text: string, at: number): Token {
  const word = matchAt(wordAt, text, at);
  if (word === '') throw new TemplateFault(`unrecognized character in action: ${nameCharacter(text, at)}`, at);
  return checkEnd(text, { kind: kindOfWord(word), text: word, at });
}

function kindOfWord(word: string): TokenKind {
  if (word === 'true' || word === 'false') return 'boolean';
  if (word === 'nil') return 'nil';
  return keywords.has(word) ? 'keyword' : 'identifier';
}

/** A name ends where one of these stands. */
function checkEnd(text: string, token: Token): Token {
  const next = text[token.at + token.text.length];
  const isEnd = next === undefined || isSpace(next) || '.,|:)('.includes(next) || text.startsWith('}}', token.at + token.text.length);
  if (isEnd) return token;
  throw new TemplateFault(`bad character ${nameCharacter(text, token.at + token.text.length)}`, token.at + token.text.length);
}

function nameCharacter(text: string, at: number): string {
  const point = text.codePointAt(at) ?? 0;
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(point)}'`;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
