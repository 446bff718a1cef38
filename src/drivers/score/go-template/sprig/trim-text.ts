/** Without the characters at both ends that are to go. Goes from the ends, so that what stays is not looked at. */
export function trimBy(text: string, isCut: (character: string) => boolean): string {
  let start = 0;
  while (start < text.length && isCut(characterAt(text, start))) start += characterAt(text, start).length;
  let end = text.length;
  while (end > start && isCut(characterBefore(text, end))) end -= characterBefore(text, end).length;
  return text.slice(start, end);
}

/** Without the repeated character at the end: an expression would take time quadratic in the text for it. */
export function dropTrailing(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}

function characterAt(text: string, index: number): string {
  return String.fromCodePoint(text.codePointAt(index) ?? 0);
}

function characterBefore(text: string, end: number): string {
  const isPair = end > 1 && (text.codePointAt(end - 2) ?? 0) > 0xffff;
  return text.slice(isPair ? end - 2 : end - 1, end);
}
