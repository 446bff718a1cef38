import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { isKnownConstant } from '../../expressions/evaluate.ts';
import type { ResourceDefinition } from '../../model/platform.ts';
import { isMark, isSecret, isSecretText, isUnknown, isValueObject, type Value } from '../../model/value.ts';
import { isList } from './make-object.ts';
import { escapeStep } from './profile-writer.ts';

/**
 * Finds secrets that everybody could read who may look at an object.
 * Reports: T4103, with the JSON pointer of each.
 */
export function findLooseSecrets(value: Value, place: Place): readonly Diagnostic[] {
  if (!holdsSecret(value)) return [];
  const paths: (readonly (string | number)[])[] = [];
  collectSecrets(value, [], paths);
  return paths.map((path) =>
    diagnose('T4103', {
      detail: `A secret stands at \`/${path.map((step) => escapeStep(String(step))).join('/')}\`, where everybody who may look at the object can read it.`,
      place: { ...place, path: [...place.path, ...path] },
    }),
  );
}

/**
 * As `findLooseSecrets`, for what a definition made.
 * Rule: a provisioner file of the Score tools cannot say it in another way, so it is only warned of; targets that must not hold a secret refuse it.
 * Reports: T4103; T4128 for provisioner files.
 */
export function judgeLooseSecrets(value: Value, place: Place, { driver }: Pick<ResourceDefinition, 'driver'>): readonly Diagnostic[] {
  const found = findLooseSecrets(value, place);
  if (driver !== 'score') return found;
  return found.map((each) => diagnose('T4128', { detail: each.detail, place }));
}

/** Nearly always there is none: paths are made only where there is one. */
export function holdsSecret(value: Value): boolean {
  if (typeof value !== 'object' || value === null || isKnownConstant(value)) return false;
  if (isList(value)) return value.some(holdsSecret);
  if (isMark(value)) return !isUnknown(value);
  for (const key in value) if (holdsSecret(value[key] ?? null)) return true;
  return false;
}

function collectSecrets(value: Value, path: readonly (string | number)[], paths: (readonly (string | number)[])[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isSecret(value) || isSecretText(value)) paths.push(path);
  else if (isList(value)) value.forEach((each, index) => collectSecrets(each, [...path, index], paths));
  else if (isValueObject(value)) for (const [key, each] of Object.entries(value)) collectSecrets(each, [...path, key], paths);
}
