/** A part of a scalar: plain text, or one expression. */
export type TemplatePart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'expression'; readonly text: string };

export type Template =
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
  | { readonly kind: 'broken'; readonly reason: string };

/**
 * Splits a scalar into text and expressions.
 * Rule: `${` begins an expression that ends at its balancing brace, braces in string literals not counted; `$${` is a
 * literal `${`; any other `$` is itself.
 */
export function splitTemplate(text: string): Template {
  const parts: TemplatePart[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('$${', at)) {
      plain += '${';
      at += 3;
    } else if (text.startsWith('${', at)) {
      const end = findEnd(text, at + 2);
      if (end === undefined) return { kind: 'broken', reason: 'a "${" has no closing brace; write "$${" for a literal "${"' };
      if (plain !== '') parts.push({ kind: 'text', text: plain });
      plain = '';
      parts.push({ kind: 'expression', text: text.slice(at + 2, end) });
      at = end + 1;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain !== '' || parts.length === 0) parts.push({ kind: 'text', text: plain });
  return { kind: 'template', parts };
}

/** Says whether a scalar holds anything that `splitTemplate` would touch; cheap. */
export function isTemplate(text: string): boolean {
  return text.includes('${');
}

const shownMax = 120;

/** An expression as diagnostics show it: on one line, and not too long. */
export function shorten(expression: string): string {
  const line = expression.trim().replaceAll(/\s+/g, ' ');
  return line.length > shownMax ? `${line.slice(0, shownMax)}…` : line;
}

/** Writes text so that it reads back as itself. */
export function escapeTemplate(text: string): string {
  // As a function: in a replacement text `$$` would mean `$`.
  return text.replaceAll('${', () => '$${');
}

/** The index of the brace that closes the expression which begins at `start`. */
function findEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at];
    if (character === '"' || character === "'") {
      const end = skipString(text, at);
      if (end === undefined) return undefined;
      at = end;
      continue;
    }
    if (character === '{') depth += 1;
    if (character === '}') {
      if (depth === 0) return at;
      depth -= 1;
    }
    at += 1;
  }
  return undefined;
}

/** What stands before the quote of a raw literal: text, or bytes. */
const rawPrefix = /(?:^|[^A-Za-z0-9_])(?:[rR][bB]?|[bB][rR])$/;

/** The index after a CEL string literal: quoted once or thrice, raw with a prefix `r`. */
function skipString(text: string, start: number): number | undefined {
  const quote = text[start] ?? '';
  const delimiter = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  const isRaw = rawPrefix.test(text.slice(Math.max(0, start - 3), start));
  let at = start + delimiter.length;
  while (at < text.length) {
    if (!isRaw && text[at] === '\\') at += 2;
    else if (text.startsWith(delimiter, at)) return at + delimiter.length;
    else at += 1;
  }
  return undefined;
}
