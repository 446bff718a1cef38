import type { Action, Cause, Change, Subject } from '../../model/plan.ts';
import type { WorkloadState } from '../../model/state.ts';
import { describeWorkload } from './cause.ts';
import { findMoved, keepUnchanged, makeChange } from './change.ts';
import type { WorkloadDesire } from './request.ts';

export interface WorkloadCase {
  readonly desire: WorkloadDesire;
  readonly last: WorkloadState | undefined;
  readonly cause: Cause;
  readonly objects: readonly Change[];
}

/** Says what becomes of a workload that the environment shall have. */
export function planWorkload({ desire, last, cause, objects }: WorkloadCase): Change {
  const moved = findMoved(objects);
  const { declared, profile } = desire;
  const subject: Subject = { kind: 'workload', name: declared.name };
  const decision = decideAction({ desire, last, cause, moved });
  if (!decision) return keepUnchanged(subject, 'its spec and its objects are the same');
  return makeChange({
    subject,
    cause,
    ...decision,
    before: last && { profile: last.profile, spec: describeWorkload(last.declared) },
    after: { profile, spec: describeWorkload(declared) },
    hash: declared.digest,
  });
}

interface DecisionCase extends Omit<WorkloadCase, 'objects'> {
  readonly moved: Change | undefined;
}

interface Decision {
  readonly action: Action;
  readonly reason: string;
  readonly cause?: Cause;
}

function decideAction({ desire, last, cause, moved }: DecisionCase): Decision | undefined {
  if (!last) return { action: 'create', reason: 'it is new' };
  if (last.declared.digest !== desire.declared.digest) {
    return { action: 'update', reason: cause === 'image' ? 'its image changes' : 'its spec changes' };
  }
  if (last.profile !== desire.profile) return { action: 'update', cause: 'platform', reason: `its profile is now "${desire.profile}"` };
  if (last.status !== 'ready') return { action: 'update', cause: 'request', reason: 'its last deployment did not finish' };
  if (!moved) return undefined;
  return { action: moved.action === 'unknown' ? 'unknown' : 'update', cause: moved.cause, reason: `its objects change: ${moved.reason}` };
}
