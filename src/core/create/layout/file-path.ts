import { digestOf } from '../../model/digest.ts';
import { splitObjectKey } from '../../model/object-key.ts';
import type { ObjectKey } from '../../model/rendering.ts';

/** The folder of the objects, below the environment's own. */
export const manifestsFolder = 'manifests';

const nameLengthMax = 150;

/**
 * Gives each object the path of its file: `manifests/<kind>-<name>.yaml`.
 * Rule: lower-case letters, digits, dot, dash and underscore only, so that a path never leaves its folder and means the same on every file system.
 * Where that loses something, or where two objects would share a path, a hash of the key is added to each.
 * Shape: a function of the set of keys; paths are relative, with `/`, and unique even where case is not told apart.
 */
export function placeObjects(keys: readonly ObjectKey[]): ReadonlyMap<ObjectKey, string> {
  const counts = new Map<string, number>();
  for (const key of keys) {
    const stem = makeStem(key);
    counts.set(stem.text, (counts.get(stem.text) ?? 0) + 1);
  }
  return new Map(
    keys.map((key) => {
      const { text, isExact } = makeStem(key);
      const suffix = isExact && counts.get(text) === 1 ? '' : `-${digestOf(key).slice(0, 10)}`;
      return [key, `${manifestsFolder}/${text}${suffix}.yaml`];
    }),
  );
}

interface Stem {
  readonly text: string;
  /** Whether nothing of the name was lost. The kind may lose its capitals. */
  readonly isExact: boolean;
}

function makeStem(key: ObjectKey): Stem {
  const { kind, name } = splitObjectKey(key);
  const wanted = `${kind.toLowerCase()}-${name}`;
  const text = wanted
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]/g, '-')
    .slice(0, nameLengthMax);
  return { text, isExact: text === wanted };
}

const objectName = /^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$/;
const objectNameLengthMax = 253;

/** Says whether an object's kind and name are such as Kubernetes and a file system can have. */
export function isPlaceable(key: ObjectKey): boolean {
  const { kind, name } = splitObjectKey(key);
  return /^[A-Za-z][A-Za-z0-9]*$/.test(kind) && objectName.test(name) && name.length <= objectNameLengthMax;
}
