import { makeObjectKey, splitObjectKey } from '../../model/object-key.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import type { Value, ValueObject } from '../../model/value.ts';

/** The sections of a Compose project, and the kinds of what stands in them. The last three are ours: what lies beside `compose.yaml`. */
export const sectionKinds = {
  services: 'Service',
  volumes: 'Volume',
  networks: 'Network',
  configs: 'Config',
  secrets: 'Secret',
  models: 'Model',
  files: 'File',
  directories: 'Directory',
  variables: 'Variable',
} as const;

export type Section = keyof typeof sectionKinds;

/** What Compose takes for a name. */
export const entryName = /^[a-zA-Z0-9._-]+$/;

/** The group of all objects of a Compose project: their keys tell them from those of a cluster. */
const composeGroup = 'compose';

/** Names one entry of one section. */
export interface EntryName {
  readonly section: Section;
  readonly name: string;
}

/** One entry of one section. */
export interface ComposeEntry extends EntryName {
  readonly value: Value;
}

export function isSection(name: string): name is Section {
  return Object.hasOwn(sectionKinds, name);
}

export function isComposeKey(key: ObjectKey): boolean {
  return key.startsWith(`${composeGroup}/`);
}

export function makeComposeKey(section: Section, name: string, project: string): ObjectKey {
  return makeObjectKey({ apiVersion: `${composeGroup}/v1`, kind: sectionKinds[section], namespace: project, name });
}

/** The section and the name that a key stands for; nothing where it is none of a Compose project. */
export function splitComposeKey(key: ObjectKey): EntryName | undefined {
  const { group, kind, name } = splitObjectKey(key);
  const section = Object.keys(sectionKinds).find((each) => isSection(each) && sectionKinds[each] === kind);
  return group === composeGroup && section !== undefined && isSection(section) ? { section, name } : undefined;
}

/** What an object adds to the project; nothing where it is no object of one. */
export function entryOf({ key, body }: Pick<RenderedObject, 'key' | 'body'>): ComposeEntry | undefined {
  const parts = splitComposeKey(key);
  if (!parts) return undefined;
  const section = body[parts.section];
  const members = isMembers(section) ? section : {};
  const value = Object.hasOwn(members, parts.name) ? members[parts.name] : undefined;
  return value === undefined ? undefined : { ...parts, value };
}

/** The body of the object that an entry becomes: the project with this one entry. */
export function bodyOf({ section, name, value }: ComposeEntry): ValueObject {
  return { [section]: { [name]: value } };
}

function isMembers(value: Value | undefined): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
