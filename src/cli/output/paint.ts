/** Colours by meaning. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly accent: (text: string) => string;
}

const escape = String.fromCodePoint(0x1b);

export function createPaint(isColored: boolean): Paint {
  const style = (code: number, end: number) => (text: string) => (isColored ? `${escape}[${code}m${text}${escape}[${end}m` : text);
  return {
    strong: style(1, 22),
    faint: style(2, 22),
    good: style(32, 39),
    bad: style(31, 39),
    warn: style(33, 39),
    accent: style(36, 39),
  };
}

/**
 * Makes text from users, logs and servers harmless for a terminal.
 * Rule: control characters but line feed and tab are shown as their code, so no escape sequence gets through.
 */
export function harmless(text: string): string {
  let clean = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isControl = (code < 0x20 && code !== 0x0a && code !== 0x09) || (code >= 0x7f && code <= 0x9f);
    const isDirection = code >= 0x202a && code <= 0x202e;
    clean += isControl || isDirection ? `\\u${code.toString(16).padStart(4, '0')}` : character;
  }
  return clean;
}
