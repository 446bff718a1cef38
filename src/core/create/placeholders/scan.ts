/** A part of a text with Score placeholders in it. */
export type ScorePart = { readonly kind: 'text'; readonly text: string } | ScoreReference;

export interface ScoreReference {
  readonly kind: 'reference';
  readonly text: string;
  readonly path: readonly string[];
  /** Where it begins in the text. Units: UTF-16 code units. */
  readonly offset: number;
}

/**
 * Splits text into literal parts and references, exactly as the Score tools do: left to right, not recursive.
 * Rule: `$$` is `$`; `$${x}` is the literal `${x}`; `\.` in a reference is a dot within a name; anything else that
 * begins with `$`, an unterminated `${` too, is left as it is.
 * Shape: linear in the length of the text, whatever it holds.
 * Source: Score, "Placeholder References".
 */
export function scanPlaceholders(text: string): readonly ScorePart[] {
  const parts: ScorePart[] = [];
  const source: Source = { text, lastClose: text.lastIndexOf('}') };
  let end = 0;
  let at = text.indexOf('$');
  while (at !== -1) {
    const token = readToken(source, at);
    if (token) {
      pushText(parts, text.slice(end, at));
      pushPart(parts, token.part);
      end = token.end;
    }
    at = text.indexOf('$', token?.end ?? at + 1);
  }
  pushText(parts, text.slice(end));
  return parts;
}

interface Source {
  readonly text: string;
  /** The last brace, found once: of many that are never closed none is searched to the end of the text. */
  readonly lastClose: number;
}

interface Token {
  readonly part: ScorePart;
  /** The index after it. */
  readonly end: number;
}

/** What begins at a `$`; `undefined` where it means nothing but itself. */
function readToken(source: Source, at: number): Token | undefined {
  const { text } = source;
  const next = text[at + 1];
  if (next === '$') return readEscape(source, at);
  if (next !== '{') return undefined;
  const close = findClose(source, at + 2);
  if (close === undefined) return undefined;
  const reference = text.slice(at + 2, close);
  return { part: { kind: 'reference', text: reference, path: splitPath(reference), offset: at }, end: close + 1 };
}

function readEscape(source: Source, at: number): Token {
  const { text } = source;
  const close = text[at + 2] === '{' ? findClose(source, at + 3) : undefined;
  if (close === undefined) return { part: { kind: 'text', text: '$' }, end: at + 2 };
  return { part: { kind: 'text', text: text.slice(at + 1, close + 1) }, end: close + 1 };
}

function findClose({ text, lastClose }: Source, from: number): number | undefined {
  return lastClose < from ? undefined : text.indexOf('}', from);
}

function pushPart(parts: ScorePart[], part: ScorePart): void {
  if (part.kind === 'text') pushText(parts, part.text);
  else parts.push(part);
}

function pushText(parts: ScorePart[], text: string): void {
  if (text === '') return;
  const last = parts.at(-1);
  if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text };
  else parts.push({ kind: 'text', text });
}

function splitPath(reference: string): readonly string[] {
  const names: string[] = [];
  let name = '';
  for (let at = 0; at < reference.length; at++) {
    const character = reference[at] ?? '';
    if (character === '\\' && reference[at + 1] === '.') {
      name += '.';
      at += 1;
    } else if (character === '.') {
      names.push(name);
      name = '';
    } else {
      name += character;
    }
  }
  return [...names, name];
}
