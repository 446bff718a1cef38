import { isLetter, isSpaceRune, isUpper, lowerRune, upperRune } from './case.ts';

type WordKind = 'connector' | 'punctuation' | 'upper' | 'letters' | 'number' | 'other';

interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

function isConnector(character: string): boolean {
  return character === '-' || character === '_' || isSpaceRune(character);
}

function kindOfCharacter(character: string): WordKind {
  if (isConnector(character)) return 'connector';
  if (/^\p{P}$/u.test(character)) return 'punctuation';
  if (isUpper(character)) return 'upper';
  if (isLetter(character)) return /\p{Script=Han}/u.test(character) ? 'other' : 'letters';
  // What could not be decoded is no word.
  if (character === '\ufffd') return 'punctuation';
  return /^\p{N}$/u.test(character) ? 'number' : 'other';
}

/** Cuts a text into words: `HTTPServer2xx` is `HTTP`, `Server`, `2`, `xx`. */
function cutWords(text: string): readonly Word[] {
  const characters = Array.from(text);
  const kinds = characters.map(kindOfCharacter);
  const words: Word[] = [];
  for (let start = 0; start < characters.length;) {
    const kind = kinds[start] ?? 'other';
    const end = kind === 'punctuation' ? endOfPunctuation(characters, start) : endOfWord(kinds, start);
    words.push({ kind, text: characters.slice(start, end).join('') });
    start = end;
  }
  return words;
}

/** Connectors that follow are punctuation too. */
function endOfPunctuation(characters: readonly string[], start: number): number {
  let end = start + 1;
  while (/^\p{P}$/u.test(characters[end] ?? '')) end++;
  return end;
}

function endOfWord(kinds: readonly WordKind[], start: number): number {
  const kind = kinds[start];
  const end = endOfRun(kinds, start, kind);
  if (kind !== 'upper' || kinds[end] !== 'letters') return end;
  // The last of several capitals begins the word that follows; a single one begins its own.
  return end - start > 1 ? end - 1 : endOfRun(kinds, end, 'letters');
}

function endOfRun(kinds: readonly WordKind[], start: number, kind: WordKind | undefined): number {
  let end = start;
  while (end < kinds.length && kinds[end] === kind) end++;
  return end;
}

const isWordy: ReadonlySet<WordKind | undefined> = new Set<WordKind | undefined>(['upper', 'letters', 'number', 'other']);

/** `snakecase` and `kebabcase`: words in lower case, a connector between them. */
export function connectWords(text: string, connector: '_' | '-'): string {
  const words = cutWords(text);
  let out = '';
  for (let index = 0; index < words.length;) {
    const taken = takeWord(words, index);
    out += words
      .slice(index, index + taken)
      .map((word) => showWord(word, connector))
      .join('');
    const last = words[index];
    index += taken;
    const isJoined = last?.kind !== 'connector' && last?.kind !== 'punctuation' && isWordy.has(words[index]?.kind);
    if (isJoined) out += connector;
  }
  return out;
}

/** How many words belong together: a number takes the letters after it, and is part of the word before where none follow. */
function takeWord(words: readonly Word[], index: number): number {
  const kind = words[index]?.kind;
  if (kind === 'number') return 1 + countTail(words, index + 1);
  if (kind === 'connector' || kind === 'punctuation') return 1;
  const isNumbered = words[index + 1]?.kind === 'number' && words[index + 2]?.kind !== 'letters';
  return isNumbered ? 2 : 1;
}

function countTail(words: readonly Word[], start: number): number {
  let end = start;
  while (words[end]?.kind === 'letters' || words[end]?.kind === 'number') end++;
  return end - start;
}

function showWord({ kind, text }: Word, connector: string): string {
  if (kind === 'connector') return connector.repeat(Array.from(text).length);
  return kind === 'upper' ? Array.from(text, lowerRune).join('') : text;
}

/** `camelcase`: words begin in upper case, connectors between them are gone. */
export function joinCapitalised(text: string): string {
  const leading = /^[-_\p{White_Space}]*/u.exec(text)?.[0] ?? '';
  const rest = text.slice(leading.length);
  let isInCapitals = false;
  let before = '';
  const shown = Array.from(rest, (character) => {
    const isFirst = before === '' || isConnector(before);
    before = character;
    if (isConnector(character)) return character;
    if (isFirst) {
      isInCapitals = isUpper(character);
      return upperRune(character);
    }
    isInCapitals &&= isUpper(character);
    return isInCapitals ? lowerRune(character) : character;
  });
  return leading + dropConnectors(shown.join(''));
}

/** Of the connectors before a word the last goes; those at the end stay. */
function dropConnectors(text: string): string {
  return text.replace(/[-_\p{White_Space}]+/gu, (run, offset: number) => (offset + run.length === text.length ? run : run.slice(0, -1)));
}
