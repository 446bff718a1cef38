import { invariant, isMark, isSecret, isSecretText, printYaml, type Json, type RevealSecret, type Value } from '../../core/index.ts';

/** Prints an object with its secrets in it. The only place where they become text. */
export async function printRevealed(body: Value, reveal: RevealSecret): Promise<string> {
  return printYaml(await revealValue(body, reveal));
}

async function revealValue(value: Value, reveal: RevealSecret): Promise<Json> {
  if (typeof value !== 'object' || value === null) return value;
  if (isMark(value)) {
    invariant(isSecret(value) || isSecretText(value), 'no unknown is left when an object is written');
    return reveal(value);
  }
  if (isList(value)) return Promise.all(value.map((item) => revealValue(item, reveal)));
  const members = await Promise.all(Object.entries(value).map(async ([key, member]) => [key, await revealValue(member, reveal)] as const));
  return Object.fromEntries(members);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
