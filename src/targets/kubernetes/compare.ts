import { canonicalJson, type JsonObject } from '../../core/index.ts';
import { mapOf } from './fields.ts';

/** Fields that the API server writes of its own accord. */
const volatile: readonly string[] = ['managedFields', 'resourceVersion', 'generation', 'creationTimestamp', 'uid', 'selfLink'];

/**
 * Says whether applying again would change an object: a dry run, compared with what is there.
 * Rule: so defaults, webhooks and fields of others make no difference (only what the API server would write differently does).
 */
export function isSame(live: JsonObject, predicted: JsonObject): boolean {
  return canonicalJson(settle(live)) === canonicalJson(settle(predicted));
}

/** Without what the API server writes of its own accord. */
export function settle(object: JsonObject): JsonObject {
  const { status: _, ...rest } = object;
  const metadata = Object.entries(mapOf(object['metadata'])).filter(([key]) => !volatile.includes(key));
  return { ...rest, metadata: Object.fromEntries(metadata) };
}
