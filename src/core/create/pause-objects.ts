import type { EnvironmentValue } from '../ports/store.ts';
import { splitObjectKey } from '../model/object-key.ts';
import type { RenderedObject } from '../model/rendering.ts';
import type { ValueObject } from '../model/value.ts';
import { digestValue } from './for-digest.ts';
import { bodyOf, entryOf, type ComposeEntry } from './render-compose/sections.ts';
import { mapOf } from './render/make-object.ts';

/** The value of an environment that pauses it. */
export const pauseKey = 'tutti.paused';

/** Says whether an environment is paused. */
export function isPaused(values: readonly Pick<EnvironmentValue, 'key' | 'value'>[]): boolean {
  return values.some(({ key, value }) => key === pauseKey && value === 'true');
}

/** Kinds that run as many pods as they say. */
const scaled: readonly string[] = ['Deployment', 'StatefulSet', 'ReplicaSet'];

/**
 * An object as it is while its environment is paused: no replicas, and schedules held. Everything else is as it was, data above all.
 * Shape: the same object where it runs nothing.
 */
export function pauseObject(object: RenderedObject): RenderedObject {
  const entry = entryOf(object);
  if (entry) return entry.section === 'services' ? withDeploy(object, entry) : object;
  const { kind } = splitObjectKey(object.key);
  if (scaled.includes(kind)) return withSpec(object, { replicas: 0 });
  return kind === 'CronJob' ? withSpec(object, { suspend: true }) : object;
}

function withSpec(object: RenderedObject, changed: ValueObject): RenderedObject {
  return withBody(object, { ...object.body, spec: { ...mapOf(object.body['spec']), ...changed } });
}

function withDeploy(object: RenderedObject, entry: ComposeEntry): RenderedObject {
  const service = mapOf(entry.value);
  return withBody(object, bodyOf({ ...entry, value: { ...service, deploy: { ...mapOf(service['deploy']), replicas: 0 } } }));
}

function withBody(object: RenderedObject, body: ValueObject): RenderedObject {
  return { ...object, body, hash: digestValue(body) };
}
