import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose } from '../../diagnostics/report.ts';

/** A file or volume of a container with its target path, whichever form it was written in. */
export interface Entry<T> {
  readonly target: string;
  readonly item: T;
  readonly place: Place;
}

export interface UpgradedList<T> {
  readonly entries: readonly Entry<T>[];
  readonly diagnostics: readonly Diagnostic[];
}

type UpgradeItem<L, T> = (listed: L, place: Place) => { readonly item: T; readonly diagnostics: readonly Diagnostic[] };

/**
 * Turns the deprecated list of files or volumes into entries by target.
 * Rule: the first of two with one target stays, and the second is an error.
 * Reports: T1224, T1401, and what the upgrade of an item says.
 */
export function upgradeList<L extends { readonly target: string }, T>(
  list: readonly L[],
  place: Place,
  upgradeItem: UpgradeItem<L, T>,
): UpgradedList<T> {
  const byTarget = new Map<string, Entry<T>>();
  const diagnostics: Diagnostic[] = [describeDeprecation(place)];
  list.forEach((listed, index) => {
    const itemPlace: Place = { ...place, path: [...place.path, index] };
    const first = byTarget.get(listed.target);
    if (first) diagnostics.push(describeDuplicate(listed.target, itemPlace, first.place));
    const upgraded = upgradeItem(listed, itemPlace);
    diagnostics.push(...upgraded.diagnostics);
    if (!first) byTarget.set(listed.target, { target: listed.target, item: upgraded.item, place: itemPlace });
  });
  return { entries: [...byTarget.values()], diagnostics };
}

function describeDeprecation(place: Place): Diagnostic {
  const name = String(place.path.at(-1) ?? '');
  const detail = `Write ${name} as a map whose keys are the targets: ${name}: {/target/path: {source: …}}.`;
  return diagnose('T1401', { place: { ...place, on: 'key' }, detail });
}

function describeDuplicate(target: string, place: Place, first: Place): Diagnostic {
  return diagnose('T1224', {
    place: placeTarget(place),
    detail: `${quote(target)} is the target of an earlier entry too. Remove one of them or give it another target.`,
    related: [{ message: 'The first one is here.', place: placeTarget(first) }],
  });
}

function placeTarget(place: Place): Place {
  return { ...place, path: [...place.path, 'target'] };
}
