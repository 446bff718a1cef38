import { digestOf, type DeploymentContext, type JsonObject, type ObjectKey } from '../../core/index.ts';
import { mapOf } from './fields.ts';

/** Finds all objects of an environment. */
const setLabel = 'tutti.dev/set';
/** Names the object itself: a copy of it, made by somebody else with all its labels, does not pass for ours. */
const idAnnotation = 'tutti.dev/id';
/** Of the rendered object. */
const hashAnnotation = 'tutti.dev/hash';

const setLength = 24;

type Environment = Pick<DeploymentContext, 'project' | 'environment' | 'incarnation' | 'identity'>;

/** What all objects of an environment are labelled with: the same for as long as it lives, and another in every installation. */
export function setOf({ project, environment, incarnation, identity }: Environment): string {
  const names = ['set', project, environment, incarnation];
  return digestOf(identity === undefined ? names : [...names, identity]).slice(0, setLength);
}

/** Selects all objects of an environment. */
export function setLabelOf(context: Parameters<typeof setOf>[0]): string {
  return `${setLabel}=${setOf(context)}`;
}

/** What is asked of an object besides what was rendered. */
export interface Marks {
  readonly key: ObjectKey;
  readonly hash: string;
  readonly set: string;
}

/** Marks an object as one of an environment, and as this very one. */
export function markObject(body: JsonObject, { key, hash, set }: Marks): JsonObject {
  const metadata = mapOf(body['metadata']);
  return {
    ...body,
    metadata: {
      ...metadata,
      labels: { ...mapOf(metadata['labels']), [setLabel]: set },
      annotations: { ...mapOf(metadata['annotations']), [idAnnotation]: key, [hashAnnotation]: hash },
    },
  };
}

/** What an object says of itself that it is. */
export function idOf(live: JsonObject): string | undefined {
  const id = mapOf(mapOf(live['metadata'])['annotations'])[idAnnotation];
  return typeof id === 'string' ? id : undefined;
}

/** On runs of hooks: which hook. They are no objects of the environment. */
export const hookLabel = 'tutti.dev/hook';

export function isHookRun(live: JsonObject): boolean {
  return mapOf(mapOf(live['metadata'])['labels'])[hookLabel] !== undefined;
}

/** Whose a live object is. */
export type Ownership = 'ours' | 'nobody' | 'other';

/** Rule: an object is ours where it says so of itself; one that names another object is a copy, and nobody's. */
export function judgeOwnership(live: JsonObject, { key, set }: { readonly key: string; readonly set: string }): Ownership {
  const metadata = mapOf(live['metadata']);
  const id = mapOf(metadata['annotations'])[idAnnotation];
  if (id !== key) return 'nobody';
  return mapOf(metadata['labels'])[setLabel] === set ? 'ours' : 'other';
}
