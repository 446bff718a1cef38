import { makeObjectKey } from '../../model/object-key.ts';
import { canonicalJson } from '../../model/digest.ts';
import type { ObjectKey } from '../../model/rendering.ts';
import type { ObjectState } from '../../model/state.ts';
import type { Json, JsonObject } from '../../model/value.ts';
import { decodeUtf8 } from '../../read/text.ts';
import { parseYaml } from '../../read/yaml.ts';
import { shownSecret } from '../plan/show-value.ts';
import { digestBytes } from './file-index.ts';
import { mapOf } from '../render/make-object.ts';
import { isInProject } from '../render-compose/project.ts';
import { splitComposeKey, type EntryName } from '../render-compose/sections.ts';

/** Reads back the object in a file, its secrets hidden; nothing where the file does not hold exactly one. */
export function readLiveObject(path: string, text: string): JsonObject | undefined {
  const { value } = parseYaml(path, text);
  const data = value?.length === 1 ? value[0]?.value : undefined;
  return isMap(data) ? hideLiveSecret(data) : undefined;
}

/** What became of an object: the same, gone, what stands there now, or nothing that can be read. */
export type LivePart = 'same' | 'absent' | 'unreadable' | JsonObject;

/** A file as it was found, read once for all the objects in it. */
export interface FoundFile {
  readonly path: string;
  /** SHA-256, hex. */
  readonly digest: string;
  /** Nothing where it is no text. */
  readonly text: string | undefined;
  /** The object in it, read when it is first asked for. */
  readonly readObject: () => JsonObject | undefined;
}

/** Makes the content of a file known to what compares the objects in it. */
export function openFound(path: string, bytes: Uint8Array): FoundFile {
  const text = decodeUtf8(bytes);
  let read: { readonly object: JsonObject | undefined } | undefined;
  const readObject = (): JsonObject | undefined => {
    read ??= { object: text === undefined ? undefined : readLiveObject(path, text) };
    return read.object;
  };
  return { path, digest: digestBytes(bytes), text, readObject };
}

/** Finds an object in its file, which is not as it was written. */
export function readLivePart(state: ObjectState, file: FoundFile): LivePart {
  const entry = splitComposeKey(state.key);
  if (file.text === undefined) return 'unreadable';
  if (!entry) return file.readObject() ?? 'unreadable';
  return isInProject(entry) ? readLiveEntry(state, entry, file.readObject()) : readLiveFile(state, entry, file.text);
}

/** What somebody edits in a project is nobody's change of the rest of it. */
function readLiveEntry({ body }: ObjectState, { section, name }: EntryName, project: JsonObject | undefined): LivePart {
  if (!project) return 'unreadable';
  const members = project[section];
  const value = isMap(members) && Object.hasOwn(members, name) ? members[name] : undefined;
  if (value === undefined) return 'absent';
  const live = { [section]: { [name]: value } };
  return canonicalJson(live) === canonicalJson(body) ? 'same' : live;
}

function readLiveFile({ body }: ObjectState, { section, name }: EntryName, text: string): LivePart {
  if (section === 'variables') return readLiveVariable(name, text);
  const file = mapOf(mapOf(body[section])[name]);
  if (file['base64'] !== undefined) return 'unreadable';
  const isOpen = typeof file['content'] === 'string' && file['mode'] !== '0600';
  const mode = typeof file['mode'] === 'string' ? { mode: file['mode'] } : {};
  return { [section]: { [name]: { ...mode, content: isOpen ? text : shownSecret } } };
}

/** Which of the secrets somebody changed cannot be told without knowing them. */
function readLiveVariable(name: string, text: string): LivePart {
  return text.split('\n').some((line) => line.startsWith(`${name}=`)) ? { variables: { [name]: { value: shownSecret } } } : 'absent';
}

/** The key of an object that was read back; nothing where it is none. */
export function keyOfLiveObject(body: JsonObject): ObjectKey | undefined {
  const { apiVersion, kind, metadata } = body;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isMap(metadata)) return undefined;
  const { name, namespace = '' } = metadata;
  if (typeof name !== 'string' || typeof namespace !== 'string') return undefined;
  return makeObjectKey({ apiVersion, kind, name, namespace });
}

/** Hides the data of a Secret that was read back from where it lies. */
export function hideLiveSecret(live: JsonObject): JsonObject {
  if (live['kind'] !== 'Secret') return live;
  return Object.fromEntries(
    Object.entries(live).map(([key, value]) => [key, key === 'data' || key === 'stringData' ? hideLeaves(value) : value]),
  );
}

function hideLeaves(value: Json): Json {
  if (!isMap(value)) return shownSecret;
  return Object.fromEntries(Object.keys(value).map((key) => [key, shownSecret]));
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
