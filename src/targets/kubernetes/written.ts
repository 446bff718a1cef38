import type { JsonObject, ObjectKey, TargetRequest } from '../../core/index.ts';

/** What the API server answered when objects were applied, until somebody has looked at it; goes with the deployment. */
const answers = new WeakMap<TargetRequest, Map<ObjectKey, JsonObject>>();

/** Keeps what an object was when it had been applied: what is ready then need not be read again. */
export function keepWritten(request: TargetRequest, key: ObjectKey, live: JsonObject): void {
  const known = answers.get(request) ?? new Map<ObjectKey, JsonObject>();
  known.set(key, live);
  answers.set(request, known);
}

/** Gives that once. */
export function takeWritten(request: TargetRequest, key: ObjectKey): JsonObject | undefined {
  const known = answers.get(request);
  const live = known?.get(key);
  known?.delete(key);
  return live;
}
