/** A part of a text with Score placeholders in it. */
export type ScorePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly text: string; readonly path: readonly string[] };

const pattern = /\$(?:(\$?)\{([^}]*)\}|\$)/g;

/**
 * Splits text into literal parts and references, exactly as the Score tools do: left to right, not recursive.
 * Rule: `$$` is `$`; `$${x}` is the literal `${x}`; `\.` in a reference is a dot within a name; anything else that
 * begins with `$`, an unterminated `${` too, is left as it is.
 * Source: Score, "Placeholder References".
 */
export function scanPlaceholders(text: string): readonly ScorePart[] {
  const parts: ScorePart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    pushText(parts, text.slice(end, match.index));
    end = match.index + match[0].length;
    const [whole, escape, reference] = match;
    if (whole === '$$') pushText(parts, '$');
    else if (escape === '$') pushText(parts, whole.slice(1));
    else parts.push({ kind: 'reference', text: reference ?? '', path: splitPath(reference ?? '') });
  }
  pushText(parts, text.slice(end));
  return parts;
}

/** Writes parts so that they read back as themselves. */
export function printPlaceholders(parts: readonly ScorePart[]): string {
  return parts
    .map((part) => (part.kind === 'text' ? part.text.replaceAll('$', '$$$$') : `\${${part.path.map(escapeName).join('.')}}`))
    .join('');
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

function escapeName(name: string): string {
  return name.replaceAll('.', String.raw`\.`);
}
