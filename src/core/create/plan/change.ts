import { digestOf } from '../../model/digest.ts';
import type { Action, Cause, Change, Subject } from '../../model/plan.ts';
import type { Value } from '../../model/value.ts';
import { diffValues } from './diff-values.ts';
import { findMarks, isWithin, sortMarks } from './pointer.ts';
import { showValue, tokenOf } from './show-value.ts';

export interface ChangeParts {
  readonly subject: Subject;
  readonly action: Action;
  readonly cause: Cause;
  readonly reason: string;
  readonly before?: Value | undefined;
  readonly after?: Value | undefined;
  /** Of what it shall be. */
  readonly hash?: string | undefined;
}

/** Makes a change that leaves everything as it is. */
export function keepUnchanged(subject: Subject, reason: string): Change {
  return { subject, action: 'unchanged', cause: 'request', reason, fields: [], unknown: [], sensitive: [] };
}

/**
 * Makes a change of values with marks: shows them, compares them, notes where they are secret or unknown.
 * Rule: fields are listed only where something was before and something is after; what is created or goes is shown whole.
 */
export function makeChange(parts: ChangeParts): Change {
  const { subject, action, cause, reason, before, after, hash } = parts;
  const { unknown, secrets } = sortMarks(after === undefined ? [] : findMarks(after));
  return {
    subject,
    action,
    cause,
    reason,
    ...(before !== undefined && { before: showValue(before) }),
    ...(after !== undefined && { after: showValue(after) }),
    fields: before === undefined || after === undefined ? [] : diffValues(before, after),
    unknown,
    sensitive: secrets.map(({ pointer }) => pointer),
    ...(hash !== undefined && { hash }),
    ...(secrets.length > 0 && {
      fingerprints: Object.fromEntries(
        secrets.map(({ pointer, mark }) => [pointer, digestOf([nameSubject(subject), pointer, tokenOf(mark)])]),
      ),
    }),
  };
}

/** The same change as one that only provisioning can decide, if nothing but unknown values differs. */
export function doubtChange(change: Change): Change {
  const isOpen =
    change.action === 'update' && change.fields.length > 0 && change.fields.every(({ path }) => isWithin(path, change.unknown));
  return isOpen ? { ...change, action: 'unknown', reason: 'it depends on values that are known after provisioning' } : change;
}

/** The name of a subject, unique within a plan. */
export function nameSubject(subject: Subject): string {
  if (subject.kind === 'resource') return `resource ${subject.uid}`;
  return subject.kind === 'workload' ? `workload ${subject.name}` : `object ${subject.key}`;
}

/** Says whether carrying the plan out would do anything for this subject. */
export function isEffective(change: Change): boolean {
  return change.action !== 'unchanged';
}

/** The first change that settles what becomes of the node that the objects belong to. */
export function findMoved(objects: readonly Change[]): Change | undefined {
  return objects.find((change) => isEffective(change) && change.action !== 'unknown') ?? objects.find(isEffective);
}
