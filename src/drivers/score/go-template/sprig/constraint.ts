import type { GoVersion } from '../values/value.ts';
import { compareVersions, readVersion } from './read-version.ts';

/** One comparison, such as `>=1.2`. */
interface Comparison {
  readonly check: Check;
  readonly base: GoVersion;
  /** Some number is missing or a wildcard. */
  readonly isOpen: boolean;
  readonly isMinorOpen: boolean;
  readonly isPatchOpen: boolean;
}

type Check = (version: GoVersion, comparison: Comparison) => boolean;

/** All of the inner ones must hold, of one of the outer ones. */
export type Constraint = readonly (readonly Comparison[])[];

const versionForm =
  'v?([0-9]+|[xX*])(\\.(?:[0-9]+|[xX*]))?(\\.(?:[0-9]+|[xX*]))?(-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?';
const operatorForm = '=<|=>|!=|~>|<=|>=|[=<>~^]|';
const comparisonForm = new RegExp(`^[\\s,]*(${operatorForm})\\s*${versionForm}(?=[\\s,]|$)`);
const rangeForm = new RegExp(`\\s*(${versionForm})\\s+-\\s+(${versionForm})\\s*`, 'g');

/** Reads constraints such as `>=1.2 <2 || 3.x`; undefined where the text is none. */
export function readConstraint(text: string): Constraint | undefined {
  const ranged = text.replace(rangeForm, (_whole: string, ...groups: string[]) => `>=${groups[0] ?? ''} <=${groups[5] ?? ''} `);
  const alternatives = ranged.split('||').map(readAll);
  const whole = alternatives.filter((each) => each !== undefined);
  return whole.length === alternatives.length ? whole : undefined;
}

function readAll(text: string): readonly Comparison[] | undefined {
  const comparisons: Comparison[] = [];
  let rest = text;
  while (rest.trim() !== '') {
    const match = comparisonForm.exec(rest);
    const comparison = match ? readComparison(match) : undefined;
    if (!match || !comparison) return undefined;
    comparisons.push(comparison);
    rest = rest.slice(match[0].length);
  }
  return comparisons.length === 0 ? undefined : comparisons;
}

function readComparison(match: RegExpExecArray): Comparison | undefined {
  const [, operator = '', major = '', minor = '.x', patch = '.x', prerelease = ''] = match;
  const openFrom = [major, minor, patch].findIndex((part) => /[xX*]/.test(part));
  const given = [major, minor.slice(1), patch.slice(1)];
  const numbers = openFrom < 0 ? given : given.map((part, index) => (index < openFrom ? part : '0'));
  const check = checks[operator];
  const base = readVersion(numbers.join('.') + prerelease);
  return check && base ? { check, base, isOpen: openFrom >= 0, isMinorOpen: openFrom === 1, isPatchOpen: openFrom === 2 } : undefined;
}

/** Says whether a version fits. What is not released fits only where such is asked for. */
export function checkConstraint(constraint: Constraint, version: GoVersion): boolean {
  return constraint.some((all) => all.every((comparison) => isReleased(version, comparison) && comparison.check(version, comparison)));
}

/** What is not released is different from a version all the same. */
function isReleased(version: GoVersion, { base, check, isOpen }: Comparison): boolean {
  return version.prerelease === '' || base.prerelease !== '' || (check === isDifferent && !isOpen);
}

const checks: Readonly<Record<string, Check>> = {
  '': isLike,
  '=': isLike,
  '!=': isDifferent,
  '>': isGreater,
  '<': (version, { base }) => compareVersions(version, base) < 0,
  '>=': (version, { base }) => compareVersions(version, base) >= 0,
  '=>': (version, { base }) => compareVersions(version, base) >= 0,
  '<=': isAtMost,
  '=<': isAtMost,
  '~': isNear,
  '~>': isNear,
  '^': isCompatible,
};

function isLike(version: GoVersion, comparison: Comparison): boolean {
  return comparison.isOpen ? isNear(version, comparison) : compareVersions(version, comparison.base) === 0;
}

function isDifferent(version: GoVersion, comparison: Comparison): boolean {
  return !isSame(version, comparison);
}

/** The same as far as the numbers are given. */
function isSame(version: GoVersion, { base, isOpen, isMinorOpen, isPatchOpen }: Comparison): boolean {
  if (!isOpen) return compareVersions(version, base) === 0;
  if (version.major !== base.major) return false;
  if (isMinorOpen) return true;
  return version.minor === base.minor && (isPatchOpen || version.patch === base.patch);
}

/** `>1` is more than any 1.x. */
function isGreater(version: GoVersion, { base, isOpen, isMinorOpen, isPatchOpen }: Comparison): boolean {
  if (!isOpen) return compareVersions(version, base) > 0;
  if (version.major !== base.major) return version.major > base.major;
  if (isMinorOpen) return false;
  return isPatchOpen ? version.minor > base.minor : compareVersions(version, base) > 0;
}

/** `<=1` is any 1.x too. */
function isAtMost(version: GoVersion, { base, isOpen, isMinorOpen }: Comparison): boolean {
  if (!isOpen) return compareVersions(version, base) <= 0;
  if (version.major > base.major) return false;
  return !(version.major === base.major && version.minor > base.minor && !isMinorOpen);
}

function isZero({ major, minor, patch }: GoVersion): boolean {
  return major === 0n && minor === 0n && patch === 0n;
}

/** From the base on, within its minor version; within its major one where no minor is given. */
function isNear(version: GoVersion, { base, isMinorOpen, isPatchOpen }: Comparison): boolean {
  if (compareVersions(version, base) < 0) return false;
  if (isZero(base) && !isMinorOpen && !isPatchOpen) return true;
  return version.major === base.major && (isMinorOpen || version.minor === base.minor);
}

/** From the base on, up to the next change of the leftmost number that is not zero. */
function isCompatible(version: GoVersion, { base, isMinorOpen, isPatchOpen }: Comparison): boolean {
  if (compareVersions(version, base) < 0) return false;
  if (base.major > 0n || isMinorOpen) return version.major === base.major;
  if (version.major > 0n) return false;
  if (base.minor > 0n || isPatchOpen) return version.minor === base.minor;
  return version.minor === 0n && version.patch === base.patch;
}
