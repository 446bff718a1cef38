import { canonicalJson, digestOf } from '../../model/digest.ts';
import { compareText } from '../../model/compare.ts';
import type { DeploymentContext } from '../../model/context.ts';
import type { Change } from '../../model/plan.ts';
import type { EnvironmentState } from '../../model/state.ts';
import { isEffective, nameSubject } from './change.ts';
import { createMemo } from './memo.ts';

const rememberChange = createMemo<Change, string>();
const rememberGroup = createMemo<readonly Change[], string>();
const rememberInventory = createMemo<EnvironmentState['objects'], string>();

/**
 * The digest of a plan: of the environment's identity and of every change that does anything.
 * Rule: a change counts by subject, action, hash, fields and the fingerprints of its secrets; reason and cause are words for people and do not count.
 * What stays unchanged does not count either.
 * Shape: groups of changes in plan order; digests are remembered by the identity of the groups.
 */
export function digestPlan(context: DeploymentContext, groups: readonly (readonly Change[])[]): string {
  const { project, environment, incarnation } = context;
  const digests: string[] = [];
  for (const group of groups) {
    if (group.some(isEffective)) digests.push(rememberGroup(group, [], () => digestOf(group.filter(isEffective).map(digestChange))));
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
export function digestInventory(objects: EnvironmentState['objects']): string {
  return rememberInventory(objects, [], () => {
    const entries = Object.values(objects).toSorted((left, right) => compareText(left.key, right.key));
    return digestOf(entries.map(({ key, hash }) => `${key} ${hash}`));
  });
}
