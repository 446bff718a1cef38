import { canonicalJson, digestOf } from '../../model/digest.ts';
import { compareText } from '../../model/compare.ts';
import type { DeploymentContext } from '../../model/context.ts';
import type { Change } from '../../model/plan.ts';
import type { EnvironmentState } from '../../model/state.ts';
import type { ChangeGroup } from './change-group.ts';
import { nameSubject } from './change.ts';
import { createMemo } from './memo.ts';
import { listInventory } from './state-lists.ts';

const rememberChange = createMemo<Change, string>();
const rememberGroup = createMemo<ChangeGroup, string>();
const rememberInventory = createMemo<EnvironmentState['objects'], string>();

/**
 * The digest of a plan: of the environment's identity and of every change that does anything.
 * Rule: a change counts by subject, action, hash, fields and the fingerprints of its secrets; reason and cause are words for people and do not count.
 * What stays unchanged does not count either.
 * Shape: groups of changes in plan order; digests are remembered by the identity of the groups.
 */
export function digestPlan(context: DeploymentContext, groups: readonly ChangeGroup[]): string {
  const { project, environment, incarnation } = context;
  const digests: string[] = [];
  for (const group of groups) {
    if (group.effective.length > 0) digests.push(rememberGroup(group, [], () => digestOf(group.effective.map(digestChange))));
  }
  return digestOf({ project, environment, incarnation, digests });
}

/** What a change would do, as one text: equal for two changes that do the same. */
export function digestChange(change: Change): string {
  return rememberChange(change, [], () => {
    const { subject, action, hash, fields, fingerprints, unknown } = change;
    return canonicalJson({ subject: nameSubject(subject), action, hash, fields, fingerprints, unknown });
  });
}

/** SHA-256 over keys and hashes of the inventory, sorted by key. Remembered by identity. */
export function digestInventory(state: EnvironmentState): string {
  return rememberInventory(state.objects, [], () => {
    const entries = listInventory(state).toSorted((left, right) => compareText(left.key, right.key));
    return digestOf(entries.map(({ key, hash }) => `${key} ${hash}`));
  });
}
