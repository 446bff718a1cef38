import { canonicalJson, type JsonObject } from '../../core/index.ts';
import { mapOf, textOf } from './fields.ts';

/** What is remembered of the writing itself. */
interface Writing {
  /** Fields that were left to others. */
  readonly left?: readonly string[];
  /** Fields that others had written, and that were set right lately. */
  readonly reverted?: readonly JsonObject[];
}

/**
 * What is remembered of an object as the API server answered it: its uid, resourceVersion and, of kinds that have one, generation; and how it
 * was written.
 */
export function remember(live: JsonObject, { left = [], reverted = [] }: Writing = {}): JsonObject {
  const { uid, resourceVersion, generation } = mapOf(live['metadata']);
  return {
    uid: textOf(uid),
    resourceVersion: textOf(resourceVersion),
    ...(typeof generation === 'number' && { generation }),
    ...(left.length > 0 && { left: [...left] }),
    ...(reverted.length > 0 && { reverted: [...reverted] }),
  };
}

/**
 * Says whether an object is certainly as it was left.
 * Rule: the same object, and nothing has been written to it; of kinds with a generation, nothing that is wanted of it.
 */
export function isUntouched(live: JsonObject, memory: JsonObject | undefined, left: readonly string[] = []): boolean {
  // What was left to others may have drifted unseen, and what is left to them now may be theirs already.
  if (!memory || canonicalJson(memory['left'] ?? []) !== canonicalJson([...left])) return false;
  const now = remember(live);
  if (now['uid'] !== memory['uid']) return false;
  return (
    now['resourceVersion'] === memory['resourceVersion'] || (now['generation'] !== undefined && now['generation'] === memory['generation'])
  );
}
