import { digestOf } from '../../model/digest.ts';
import { splitObjectKey } from '../../model/object-key.ts';
import type { ObjectKey } from '../../model/rendering.ts';
import { entryName, splitComposeKey } from '../render-compose/sections.ts';
import { isInProject } from '../render-compose/project.ts';

/** The folder of the objects of a cluster, below the environment's own. */
export const manifestsFolder = 'manifests';

/** The file of a Compose project, in the environment's folder. */
export const composeFile = 'compose.yaml';

/** The variables of the project, which Compose reads by itself. */
export const variablesFile = '.env';

/** What services mount. */
export const filesFolder = 'files';

/** What lies beside it: variables of services, and files to be mounted. */
export const composeFolders = ['env', filesFolder] as const;

const nameLengthMax = 150;

/**
 * Gives each object the path of its file: `manifests/<kind>-<name>.yaml`, and for Compose `compose.yaml`, `.env`
 * or the path that it has beside them.
 * Rule: a path never leaves its folder. Of manifests it has lower-case letters, digits, dot, dash and underscore only, so that it means the same on
 * every file system; where that loses something, or where two objects would share a path, a hash of the key is added to each.
 * Shape: a function of the set of keys; paths are relative, with `/`. Only entries of a Compose project share one.
 */
export function placeObjects(keys: readonly ObjectKey[]): ReadonlyMap<ObjectKey, string> {
  const counts = new Map<string, number>();
  for (const key of keys) {
    const stem = makeStem(key);
    counts.set(stem.text, (counts.get(stem.text) ?? 0) + 1);
  }
  return new Map(
    keys.map((key) => {
      const path = placeEntry(key);
      if (path !== undefined) return [key, path];
      const { text, isExact } = makeStem(key);
      const suffix = isExact && counts.get(text) === 1 ? '' : `-${digestOf(key).slice(0, 10)}`;
      return [key, `${manifestsFolder}/${text}${suffix}.yaml`];
    }),
  );
}

/** An empty folder has a file that says so, as Git knows no other. */
function placeEntry(key: ObjectKey): string | undefined {
  const entry = splitComposeKey(key);
  if (!entry) return undefined;
  if (isInProject(entry)) return composeFile;
  if (entry.section === 'variables') return variablesFile;
  return entry.section === 'directories' ? `${entry.name}/.gitkeep` : entry.name;
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

/** Says whether an object's kind and name are such as their format and a file system can have. */
export function isPlaceable(key: ObjectKey): boolean {
  const entry = splitComposeKey(key);
  if (entry) return isInProject(entry) || entry.section === 'variables' ? entryName.test(entry.name) : isBeside(entry.name);
  const { kind, name } = splitObjectKey(key);
  return /^[A-Za-z][A-Za-z0-9]*$/.test(kind) && objectName.test(name) && name.length <= objectNameLengthMax;
}

const stepLengthMax = 255;

/** Says whether a path stays within one of the folders beside a Compose project. */
export function isBeside(path: string): boolean {
  const [folder, ...steps] = path.split('/');
  const isStep = (step: string): boolean => step !== '' && step !== '.' && step !== '..' && step.length <= stepLengthMax;
  return composeFolders.some((each) => each === folder) && steps.length > 0 && steps.every(isStep) && !/[\\\p{Cc}]/u.test(path);
}
