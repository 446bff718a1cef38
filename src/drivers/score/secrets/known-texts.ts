import type { Json } from '../../../core/index.ts';
import { isSecretName } from '../../../core/index.ts';

/** Texts that must not be shown, found while a provisioner runs. */
export interface KnownTexts {
  /** Wherever one of these occurs, also within other text, it is a secret. */
  readonly anywhere: Set<string>;
  /** What random functions made. */
  readonly random: Set<string>;
}

export function openKnownTexts(): KnownTexts {
  return { anywhere: new Set(), random: new Set() };
}

/** Shorter ones occur by chance: these are secret only where their key says so. */
const lengthMin = 12;
const randomLengthMin = 6;
/** Of so many random letters nobody takes one for a name. */
const unnamedLengthMin = 16;

/** Whoever makes one wants a name that nobody else has, not a password. */
const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Notes what a random function made. A long one is a secret wherever it goes; a short one where its key says so: names are made of them. */
export function noteRandom(known: KnownTexts, text: string): void {
  known.random.add(text);
  if (text.length >= unnamedLengthMin && !uuidForm.test(text)) known.anywhere.add(text);
}

/** Finds texts under keys that say that they are secret. */
export function noteNamed(known: KnownTexts, value: Json, key = ''): void {
  if (typeof value === 'string') {
    if (isSecretName(key) && isTelling(known, value)) known.anywhere.add(value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isList(value)) for (const each of value) noteNamed(known, each, key);
  else for (const [name, each] of Object.entries(value)) noteNamed(known, each, name);
}

function isTelling(known: KnownTexts, text: string): boolean {
  if (text.includes('💬')) return false;
  return text.length >= (isRandom(known, text) ? randomLengthMin : lengthMin);
}

function isRandom(known: KnownTexts, text: string): boolean {
  if (known.random.has(text)) return true;
  const plain = text.toLowerCase();
  return [...known.random].some((each) => each.toLowerCase() === plain);
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
