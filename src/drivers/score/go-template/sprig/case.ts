import { isAscii } from '../values/bytes.ts';

/** Each character by itself, as Go does: what would become two stays. */
export function toUpper(text: string): string {
  return isAscii(text) ? text.toUpperCase() : Array.from(text, upperRune).join('');
}

export function toLower(text: string): string {
  return isAscii(text) ? text.toLowerCase() : Array.from(text, lowerRune).join('');
}

export function upperRune(character: string): string {
  const upper = character.toUpperCase();
  return Array.from(upper).length === 1 ? upper : character;
}

export function lowerRune(character: string): string {
  return Array.from(character.toLowerCase())[0] ?? character;
}

export function isUpper(character: string): boolean {
  return /^\p{Lu}$/u.test(character);
}

export function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}

export function isSpaceRune(character: string): boolean {
  return /^\p{White_Space}$/u.test(character);
}

/** The first letter of each word in upper case. */
export function toTitle(text: string): string {
  return text.replace(/\p{L}/gu, (letter, offset: number) =>
    offset === 0 || isBetweenWords(text.charAt(offset - 1)) ? titleRune(letter) : letter,
  );
}

/** Of what is not ASCII, only space is between words. */
function isBetweenWords(character: string): boolean {
  return character > '~' ? isSpaceRune(character) : !/\w/.test(character);
}

/** Letters that stand for two have a form of their own at the beginning of a word. */
function titleRune(character: string): string {
  const upper = upperRune(character);
  const index = 'ǄǇǊǱ'.indexOf(upper);
  return index < 0 ? upper : 'ǅǈǋǲ'.charAt(index);
}

/** The first character of each word in lower case. */
export function toUntitle(text: string): string {
  return text.replace(/(?<!\P{White_Space})\P{White_Space}/gu, lowerRune);
}

/** Upper case becomes lower, lower case upper. */
export function swapCase(text: string): string {
  return text.replace(/[\p{Lu}\p{Lt}]|\p{Ll}/gu, (letter, offset: number) => {
    if (!/\p{Ll}/u.test(letter)) return lowerRune(letter);
    return offset === 0 || isSpaceRune(text.charAt(offset - 1)) ? titleRune(letter) : upperRune(letter);
  });
}

export function initialsOf(text: string): string {
  return (text.match(/(?<!\P{White_Space})\P{White_Space}/gu) ?? []).join('');
}
