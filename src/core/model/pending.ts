import { digestOf } from './digest.ts';
import { isMark, isSecretText, isUnknown, type Mark, type Secret, type Unknown, type Value } from './value.ts';

/**
 * Finds the first value that is known only after provisioning: an unknown, or a secret output that does not exist yet.
 * Shape: nothing where all is known.
 */
export function findPending(value: Value): Unknown | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return isMark(value) ? pendingOf(value) : findFirst(Object.values(value));
}

function pendingOf(mark: Mark): Unknown | undefined {
  if (isUnknown(mark)) return mark;
  if (isSecretText(mark)) return findFirst(mark.parts);
  const { ref } = mark;
  return ref.kind === 'output' ? { $tutti: 'unknown', uid: ref.uid, path: ref.name } : undefined;
}

function findFirst(values: readonly Value[]): Unknown | undefined {
  for (const each of values) {
    const found = findPending(each);
    if (found) return found;
  }
  return undefined;
}

/**
 * Stands for a secret of which an unknown is a part, or the whole.
 * Rule: what will be secret is treated so from the beginning, so that the objects of a plan are those that are written.
 */
export function pendSecret({ uid, path }: Pick<Unknown, 'uid' | 'path'>): Secret {
  return { $tutti: 'secret', ref: { kind: 'output', uid, name: path }, hash: digestOf(['pending', uid, path]) };
}
