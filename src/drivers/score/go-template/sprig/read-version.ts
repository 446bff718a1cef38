import type { GoVersion } from '../values/value.ts';

const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const form = new RegExp(`^v?([0-9]{1,20})(?:\\.([0-9]{1,20}))?(?:\\.([0-9]{1,20}))?(?:-(${identifiers}))?(?:\\+(${identifiers}))?$`);
const lengthMax = 256;

/** A version; missing numbers are zero. Undefined where the text is none. */
export function readVersion(text: string): GoVersion | undefined {
  const match = text.length > lengthMax ? null : form.exec(text);
  if (!match) return undefined;
  const [, major = '0', minor = '0', patch = '0', prerelease = '', metadata = ''] = match;
  const hasLeadingZero = prerelease.split('.').some((part) => /^0[0-9]+$/.test(part));
  if (hasLeadingZero) return undefined;
  return { kind: 'version', original: text, major: BigInt(major), minor: BigInt(minor), patch: BigInt(patch), prerelease, metadata };
}

/** Less than zero where the first comes before the second; metadata counts for nothing. */
export function compareVersions(left: GoVersion, right: GoVersion): number {
  for (const part of ['major', 'minor', 'patch'] as const) if (left[part] !== right[part]) return left[part] < right[part] ? -1 : 1;
  if (left.prerelease === right.prerelease) return 0;
  // What is not released yet comes before what is.
  if (left.prerelease === '') return 1;
  return right.prerelease === '' ? -1 : compareReleases(left.prerelease.split('.'), right.prerelease.split('.'));
}

function compareReleases(left: readonly string[], right: readonly string[]): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Numbers come before names. */
function compareParts(left: string, right: string): number {
  if (left === right) return 0;
  const [isNumber, isOther] = [/^[0-9]+$/.test(left), /^[0-9]+$/.test(right)];
  if (isNumber && isOther) return BigInt(left) < BigInt(right) ? -1 : 1;
  if (isNumber !== isOther) return isNumber ? -1 : 1;
  return left < right ? -1 : 1;
}
