const spaces = ' \t\r\n';

/** What ended an action: where the text goes on, and whether its leading space is trimmed. */
export interface Closed {
  readonly position: number;
  readonly isTrimmed: boolean;
}

/** The end of an action at a position, if it is there. */
export function closeDelimiter(text: string, position: number): Closed | undefined {
  if (text.startsWith('}}', position)) return { position: position + 2, isTrimmed: false };
  const isMarked = isSpace(text[position]) && text.startsWith('-}}', position + 1);
  return isMarked ? { position: position + 4, isTrimmed: true } : undefined;
}

export function isSpace(character: string | undefined): boolean {
  return character !== undefined && character !== '' && spaces.includes(character);
}
