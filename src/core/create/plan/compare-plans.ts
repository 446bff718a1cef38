import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { canonicalJson } from '../../model/digest.ts';
import type { Change, Plan, Subject } from '../../model/plan.ts';
import type { Json } from '../../model/value.ts';
import { isEffective, nameSubject } from './change.ts';
import { diffValues } from './diff-values.ts';
import { digestChange } from './digest-plan.ts';
import { isWithin } from './pointer.ts';

/** Where a fresh plan does something other than the approved one. */
export interface PlanDifference {
  readonly subject: Subject;
  /** A sentence. */
  readonly reason: string;
  readonly approved?: Change;
  readonly fresh?: Change;
}

/**
 * Compares an approved plan with one made afresh; without differences the fresh one may be carried out.
 * Rule: both have the same changes. A value that was unknown may fill only what was shown as unknown; a change that depended on nothing else may
 * turn out to be none.
 * Shape: sorted as in the approved plan, then what is new.
 * Source: domain.md §6.
 */
export function comparePlans(approved: Plan, fresh: Plan): readonly PlanDifference[] {
  return approved.digest === fresh.digest ? [] : compareChanges({ approved, fresh, isRecorded: () => false });
}

/**
 * Compares what remains of an approved plan after its carrying out was interrupted.
 * Rule: every remaining change equals an approved one, or finishes it (what was to be created may exist in part), and every absent one is
 * recorded as done by this deployment.
 * Shape: `isRecorded` says whether this deployment has recorded a step of the subject.
 */
export function compareRemaining(approved: Plan, fresh: Plan, isRecorded: (subject: Subject) => boolean): readonly PlanDifference[] {
  return compareChanges({ approved, fresh, isRecorded });
}

/** Says that a plan is stale, with what differs; nothing where nothing does. */
export function reportStale(differences: readonly PlanDifference[]): readonly Diagnostic[] {
  if (differences.length === 0) return [];
  const shown = differences.slice(0, 5).map(({ subject, reason }) => `${nameSubject(subject)}: ${reason}`);
  const more = differences.length > shown.length ? [`and ${differences.length - shown.length} more`] : [];
  return [diagnose('T4011', { detail: `The changes are not those that were approved: ${[...shown, ...more].join('; ')}.` })];
}

interface Comparison {
  readonly approved: Plan;
  readonly fresh: Plan;
  readonly isRecorded: (subject: Subject) => boolean;
}

function compareChanges({ approved, fresh, isRecorded }: Comparison): readonly PlanDifference[] {
  const expected = approved.changes.filter(isEffective);
  const actual = new Map(fresh.changes.filter(isEffective).map((change) => [nameSubject(change.subject), change]));
  const differences = expected.flatMap((change): readonly PlanDifference[] => {
    const name = nameSubject(change.subject);
    const found = actual.get(name);
    actual.delete(name);
    const isExcused = isRecorded(change.subject);
    const reason = found ? compareChange(change, found, isExcused) : compareAbsent(change, isExcused);
    return reason === undefined ? [] : [{ subject: change.subject, reason, approved: change, ...(found && { fresh: found }) }];
  });
  const added = [...actual.values()].map((change) => ({
    subject: change.subject,
    reason: 'it would change and was not in the approved plan',
    fresh: change,
  }));
  return [...differences, ...added];
}

function compareAbsent(approved: Change, isExcused: boolean): string | undefined {
  if (isExcused || approved.action === 'unknown') return undefined;
  return `it was to be changed (${approved.action}), and now is not`;
}

function compareChange(approved: Change, fresh: Change, isStarted: boolean): string | undefined {
  if (digestChange(approved) === digestChange(fresh)) return undefined;
  if (!isSameAction(approved, fresh, isStarted)) return `it was to be changed by "${approved.action}", and now by "${fresh.action}"`;
  if (!isFilledIn(approved, fresh)) return 'it would become something else';
  if (!isStarted && !isSameBefore(approved, fresh)) return 'it is not what it was when the plan was approved';
  return undefined;
}

/** What was only possible may become certain; what was begun may be finished. */
function isSameAction(approved: Change, fresh: Change, isStarted: boolean): boolean {
  if (approved.action === fresh.action) return true;
  if (approved.action === 'unknown') return fresh.action === 'update';
  return isStarted && approved.action !== 'delete' && fresh.action === 'update';
}

/** Whether the two lead to the same, but for what was unknown. */
function isFilledIn(approved: Change, fresh: Change): boolean {
  if (approved.after === undefined || fresh.after === undefined) return approved.after === fresh.after;
  const { unknown } = approved;
  const isAllowed = (pointer: string): boolean => isWithin(pointer, unknown);
  const differences = diffValues(approved.after, fresh.after).map(({ path }) => path);
  return (
    differences.every(isAllowed) &&
    differingSecrets(approved, fresh).every(isAllowed) &&
    (unknown.length > 0 || approved.hash === fresh.hash)
  );
}

function differingSecrets(approved: Change, fresh: Change): readonly string[] {
  const [before, after] = [approved.fingerprints ?? {}, fresh.fingerprints ?? {}];
  const pointers = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...pointers].filter((pointer) => before[pointer] !== after[pointer]);
}

function isSameBefore(approved: Change, fresh: Change): boolean {
  return writeBefore(approved.before) === writeBefore(fresh.before);
}

function writeBefore(before: Json | undefined): string {
  return before === undefined ? '' : canonicalJson(before);
}
