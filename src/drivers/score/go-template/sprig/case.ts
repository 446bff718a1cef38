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
  return text.replace(/(?<![\p{L}\p{Nd}_])\p{L}/gu, upperRune);
}

/** The first character of each word in lower case. */
export function toUntitle(text: string): string {
  return text.replace(/(?<!\P{White_Space})\P{White_Space}/gu, lowerRune);
}

/** Upper case becomes lower, lower case upper. */
export function swapCase(text: string): string {
  return Array.from(text, (character) =>
    /^[\p{Lu}\p{Lt}]$/u.test(character) ? lowerRune(character) : /^\p{Ll}$/u.test(character) ? upperRune(character) : character,
  ).join('');
}

export function initialsOf(text: string): string {
  return (text.match(/(?<!\P{White_Space})\P{White_Space}/gu) ?? []).join('');
}
