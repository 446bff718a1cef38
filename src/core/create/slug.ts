import { digestOf } from '../model/digest.ts';

const slugLengthMax = 40;
const hashLength = 10;

/**
 * A name for something that is unique within the installation and fits everywhere.
 * Rule: DNS-safe, at most 40 characters, begins with a letter, ends in a short hash (50 bits) of the full identity; from
 * the second incarnation on that enters the hash, so a recreated environment shares no name with its predecessor.
 * Shape: `readable` is for people alone; what makes the name is `identity`.
 */
export function makeSlug(readable: string, identity: readonly string[], incarnation: number): string {
  const hash = shortHash(incarnation > 1 ? [...identity, incarnation] : identity);
  const plain = readable
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '');
  const room = plain.slice(0, slugLengthMax - hashLength - 1).replace(/-+$/, '');
  return `${room === '' ? 'x' : room}-${hash}`;
}

/** A UUID (version 8: of our own making) derived from an identity. */
export function makeGuid(identity: readonly string[]): string {
  const hex = digestOf(['guid', ...identity]);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** Shortens a name to a length, without making two of them one. */
export function fitName(name: string, lengthMax: number): string {
  if (name.length <= lengthMax) return name;
  return `${name.slice(0, lengthMax - hashLength - 1).replace(/[^a-z0-9]+$/i, '')}-${shortHash([name])}`;
}

/** 50 bits of a digest in 10 letters and digits: among a million names the odds of two alike are 1 : 2000. */
function shortHash(identity: readonly (string | number)[]): string {
  const bits = Number.parseInt(digestOf(identity).slice(0, 13), 16) % 2 ** 50;
  return bits.toString(32).padStart(hashLength, '0');
}
