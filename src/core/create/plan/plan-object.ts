import type { Cause, Change, Subject } from '../../model/plan.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { ObjectState } from '../../model/state.ts';
import type { JsonObject, ValueObject } from '../../model/value.ts';
import type { ObservedObject } from '../../ports/target.ts';
import { doubtChange, keepUnchanged, makeChange } from './change.ts';
import { changedSecret, diffValues } from './diff-values.ts';
import { concealSecretData, shownSecret, showValue } from './show-value.ts';

/** What is on the target: absent, or not looked at, or as seen. */
export type Observed = ObservedObject | 'absent' | 'unobserved';

export interface ObjectCase {
  readonly desired: RenderedObject;
  readonly last: ObjectState | undefined;
  readonly observed: Observed;
  /** Why its node changes, if it does. */
  readonly cause: Cause;
}

/**
 * Says what becomes of one object.
 * Rule: compared by hash with what was deployed; where that is equal, with what is on the target (drift).
 */
export function planObject({ desired, last, observed, cause }: ObjectCase): Change {
  const subject: Subject = { kind: 'object', key: desired.key, node: desired.node };
  const after = concealSecretData(desired.body);
  const parts = { subject, cause, after, hash: desired.hash };
  if (!last) return makeChange({ ...parts, action: 'create', reason: 'it is new' });
  const isSame = last.hash === desired.hash;
  if (observed === 'absent') {
    return makeChange({ ...parts, action: 'create', cause: isSame ? 'drift' : cause, reason: 'it is missing on the target' });
  }
  const isDrifted = observed !== 'unobserved' && !observed.isAsDeployed;
  if (isSame && !isDrifted) return keepUnchanged(subject, 'it is as deployed');
  const reason = isDrifted ? 'it was changed on the target by somebody else' : 'its content changes';
  const live = isDrifted ? observed.live : undefined;
  const update = makeChange({ ...parts, action: 'update', cause: isSame ? 'drift' : cause, reason, before: concealSecretData(last.body) });
  return live ? showLive(update, live, after) : doubtChange(update);
}

/** Compares with what is live instead of what was deployed. Secrets are hidden there, so they cannot be compared. */
function showLive(change: Change, live: JsonObject, after: ValueObject): Change {
  const hidden = concealSecretData(live);
  const fields = diffValues(hidden, after).filter(({ before }) => before !== shownSecret);
  const isSecretDrift = fields.length === 0 && live['kind'] === 'Secret';
  const unreadable = { path: '/data', before: shownSecret, after: changedSecret };
  return { ...change, before: showValue(hidden), fields: isSecretDrift ? [unreadable] : fields };
}
