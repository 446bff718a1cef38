import { enter, leave, spend, type Run } from '../run/run.ts';
import { isList, isMap, isTrue } from '../values/types.ts';
import { entriesOf, getKey, isNil, openMap, type GoMap, type Val } from '../values/value.ts';

interface MergeRules {
  readonly run: Run;
  /** Whose value stays where both have one that is not empty. */
  readonly wins: 'first' | 'last';
}

/** Merges one map into another, maps within them too; lists are taken whole. */
export function mergeInto(target: GoMap, source: GoMap, rules: MergeRules): void {
  enter(rules.run);
  for (const [key, value] of entriesOf(source)) {
    spend(rules.run, 1);
    mergeKey(target, { key, value }, rules);
  }
  leave(rules.run);
}

interface Entry {
  readonly key: string;
  readonly value: Val;
}

function mergeKey(target: GoMap, { key, value }: Entry, rules: MergeRules): void {
  const known = getKey(target, key);
  if (isNil(value)) {
    if (rules.wins === 'last') openMap(target).set(key, null);
    return;
  }
  if (isMap(value) && isMap(known)) mergeInto(known, value, rules);
  if (!isTrue(known)) return void openMap(target).set(key, value);
  const isDone = (isList(value) && rules.wins === 'first') || (isMap(value) && isMap(known));
  if (!isDone && rules.wins === 'last') openMap(target).set(key, value);
}
