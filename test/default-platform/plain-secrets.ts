import { isMark, isSecret, isSecretText, isValueObject, type Secret, type SecretText, type Value } from '../../src/core/index.ts';
import type { Rendering } from './support.ts';

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function collectMarks(value: Value, marks: (Secret | SecretText)[]): void {
  if (isSecret(value) || isSecretText(value)) marks.push(value);
  else if (isList(value)) for (const each of value) collectMarks(each, marks);
  else if (isValueObject(value)) for (const each of Object.values(value)) collectMarks(each, marks);
}

function collectTexts(value: Value, texts: string[]): void {
  if (isMark(value)) return;
  if (typeof value === 'string') texts.push(value);
  else if (isList(value)) for (const each of value) collectTexts(each, texts);
  else if (isValueObject(value)) for (const each of Object.values(value)) collectTexts(each, texts);
}

/** The generated secrets themselves, without what they are written into. */
function listSecrets(marks: readonly (Secret | SecretText)[]): readonly Secret[] {
  return marks.flatMap((mark) => (isSecret(mark) ? [mark] : listSecrets(mark.parts.filter((part) => typeof part !== 'string'))));
}

/** The secrets of a rendering, and the texts in its objects that show one. */
export async function findPlainSecrets({ objects, reveal }: Rendering) {
  const marks: (Secret | SecretText)[] = [];
  const texts: string[] = [];
  for (const { body } of objects) {
    collectMarks(body, marks);
    collectTexts(body, texts);
  }
  const secrets = new Set(await Promise.all(listSecrets(marks).map((secret) => reveal(secret))));
  return { secrets: [...secrets], shown: texts.filter((text) => [...secrets].some((secret) => text.includes(secret))) };
}
