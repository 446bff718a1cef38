const lengthMax = 80;

// Control characters, line separators, and the marks that reverse the direction of text: a terminal would act on them.
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

/** Makes text harmless for a terminal: control and direction characters become escapes, line breaks included. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** Puts text of a user into a message: in double quotes, harmless, and cut to 80 characters. */
export function quote(text: string): string {
  const cut = text.length > lengthMax ? `${text.slice(0, lengthMax - 1)}…` : text;
  return `"${escapeControls(cut.toWellFormed())}"`;
}
