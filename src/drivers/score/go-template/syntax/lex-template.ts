import { TemplateFault } from '../fault.ts';
import { closeDelimiter, isSpace, type Closed } from './delimiter.ts';
import { lexAction } from './lex-action.ts';
import type { Token } from './token.ts';

const leftDelimiter = '{{';
const commentStart = '/*';
const commentEnd = '*/';

/** Cuts a template into tokens: text, and what stands within `{{` and `}}`. Comments and trimmed space are gone. */
export function lexTemplate(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  let isTrimmed = false;
  for (;;) {
    const open = text.indexOf(leftDelimiter, position);
    const end = open < 0 ? text.length : open;
    const hasMarker = open >= 0 && hasLeftMarker(text, open + leftDelimiter.length);
    pushText(tokens, {
      text,
      from: isTrimmed ? skipSpaces(text, position, end) : position,
      to: hasMarker ? trimEnd(text, position, end) : end,
    });
    if (open < 0) break;
    const closed = lexDelimited(tokens, text, { open, inside: open + leftDelimiter.length + (hasMarker ? 2 : 0) });
    position = closed.position;
    isTrimmed = closed.isTrimmed;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

function lexDelimited(tokens: Token[], text: string, { open, inside }: { readonly open: number; readonly inside: number }): Closed {
  if (text.startsWith(commentStart, inside)) return skipComment(text, { open, inside });
  tokens.push({ kind: 'open', text: leftDelimiter, at: open });
  return lexAction(tokens, text, inside);
}

function skipComment(text: string, { open, inside }: { readonly open: number; readonly inside: number }): Closed {
  const end = text.indexOf(commentEnd, inside + commentStart.length);
  if (end < 0) throw new TemplateFault('unclosed comment', open);
  const closed = closeDelimiter(text, end + commentEnd.length);
  if (!closed) throw new TemplateFault('comment ends before closing delimiter', open);
  return closed;
}

/** `{{- ` trims: the minus must be followed by space, or it is a sign. */
function hasLeftMarker(text: string, position: number): boolean {
  return text[position] === '-' && isSpace(text[position + 1]);
}

function skipSpaces(text: string, from: number, end: number): number {
  let position = from;
  while (position < end && isSpace(text[position])) position++;
  return position;
}

function trimEnd(text: string, from: number, end: number): number {
  let position = end;
  while (position > from && isSpace(text[position - 1])) position--;
  return position;
}

function pushText(tokens: Token[], { text, from, to }: { readonly text: string; readonly from: number; readonly to: number }): void {
  if (from < to) tokens.push({ kind: 'text', text: text.slice(from, to), at: from });
}
