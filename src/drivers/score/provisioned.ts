import type { Json, JsonObject } from '../../core/index.ts';

/** What a provisioner gave, in plain text, checked for its shape alone. */
export interface Provisioned {
  readonly state: JsonObject;
  readonly outputs: JsonObject;
  /** The whole shared state afterwards. */
  readonly shared: JsonObject;
  /** Kubernetes objects, or fragments of a Compose file, as the format wants. */
  readonly manifests: readonly JsonObject[];
  /** What it has to say to the user. */
  readonly notes: readonly string[];
}

/** What a Compose provisioner gives, by the names of the sections of a fragment. */
export interface ComposeParts {
  readonly services: JsonObject;
  readonly volumes: JsonObject;
  readonly networks: JsonObject;
  readonly models: JsonObject;
  /** Texts by path; null removes. */
  readonly files: JsonObject;
  /** True by path; false removes. */
  readonly directories: JsonObject;
}

/** One fragment of a Compose file; none where nothing is in it. */
export function makeFragment({ files, directories, ...sections }: ComposeParts): readonly JsonObject[] {
  const written = Object.entries(files).flatMap(([path, content]) => (typeof content === 'string' ? [[path, { content }] as const] : []));
  const made = Object.entries(directories).flatMap(([path, isThere]) => (isThere === true ? [[path, {}] as const] : []));
  const all: Readonly<Record<string, Json>> = { ...sections, files: Object.fromEntries(written), directories: Object.fromEntries(made) };
  const filled = Object.entries(all).filter(
    ([, section]) => typeof section === 'object' && section !== null && Object.keys(section).length > 0,
  );
  return filled.length === 0 ? [] : [Object.fromEntries(filled)];
}
