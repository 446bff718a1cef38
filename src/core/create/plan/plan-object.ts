import type { Cause, Change, FieldChange, Subject } from '../../model/plan.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { ObjectState } from '../../model/state.ts';
import type { JsonObject, Value } from '../../model/value.ts';
import type { FieldDrift, ObservedObject } from '../../ports/target.ts';
import { doubtChange, keepUnchanged, makeChange, type ChangeParts } from './change.ts';
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
  const update: ChangeParts = { ...parts, action: 'update', reason: 'its content changes', before: concealSecretData(last.body) };
  return isDrifted ? planDrifted(update, observed, isSame) : doubtChange(makeChange(update));
}

/** What somebody else has changed is said by its fields where nothing else changes. */
function planDrifted(update: ChangeParts, { live, differences = [] }: ObservedObject, isSame: boolean): Change {
  const reason = `it was changed on the target by ${nameOwners(differences)}`;
  const change = makeChange({ ...update, reason, ...(isSame && { cause: 'drift' }) });
  if (live) return showLive(change, live, update.after ?? {});
  return isSame && differences.length > 0 ? { ...change, fields: differences.map(readField) } : doubtChange(change);
}

function nameOwners(differences: readonly FieldDrift[]): string {
  const owners = [...new Set(differences.flatMap(({ owner }) => owner ?? []))];
  return owners.length > 0 ? owners.join(', ') : 'somebody else';
}

function readField({ path, wanted, live }: FieldDrift): FieldChange {
  return { path, ...(live !== undefined && { before: live }), ...(wanted !== undefined && { after: wanted }) };
}

/** Compares with what is live instead of what was deployed. Secrets are hidden there, so they cannot be compared. */
function showLive(change: Change, live: JsonObject, after: Value): Change {
  const hidden = concealSecretData(live);
  const fields = diffValues(hidden, after).filter(({ before }) => before !== shownSecret);
  const isSecretDrift = fields.length === 0 && live['kind'] === 'Secret';
  const unreadable = { path: '/data', before: shownSecret, after: changedSecret };
  return { ...change, before: showValue(hidden), fields: isSecretDrift ? [unreadable] : fields };
}
