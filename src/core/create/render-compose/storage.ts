import { invariant } from '../../diagnostics/invariant.ts';
import { compareText } from '../../model/compare.ts';
import { digestOf } from '../../model/digest.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import { holdsSecret } from '../render/loose-secrets.ts';
import { mapOf, textOf } from '../render/make-object.ts';
import type { ResolvedContainer, ResolvedFile, ResolvedVolume } from '../resolve/resolve-workload.ts';
import { escapeDollarsIn } from './escape.ts';
import type { ComposeEntry } from './sections.ts';
import { makeVariable } from './variables.ts';

/** Files and volumes of a container: what its service mounts, and the entries that hold the files. */
export interface ServiceStorage {
  readonly configs: readonly ValueObject[];
  readonly secrets: readonly ValueObject[];
  readonly volumes: readonly ValueObject[];
  readonly entries: readonly ComposeEntry[];
}

interface StoredFile {
  readonly list: 'configs' | 'secrets' | 'volumes';
  readonly mount: ValueObject;
  readonly entries: readonly ComposeEntry[];
}

/**
 * Lays out files and volumes of a container.
 * Rule: every file by itself, so that equal names in two folders are two files: text stands in the project, a secret in a variable of
 * it, and bytes lie beside it, as empty files do.
 */
export function layOutStorage(service: string, container: ResolvedContainer): ServiceStorage {
  const files = sorted(container.files).map(([target, file]) => storeFile(`${service}-${nameFile(target)}`, target, file));
  const volumes = sorted(container.volumes).map(([target, volume]) => mountVolume(target, volume));
  const listed = (list: StoredFile['list']): readonly ValueObject[] => files.filter((file) => file.list === list).map(({ mount }) => mount);
  return {
    configs: listed('configs'),
    secrets: listed('secrets'),
    volumes: [...listed('volumes'), ...volumes],
    entries: files.flatMap(({ entries }) => entries),
  };
}

/** Readable, and different for every path. */
function nameFile(target: string): string {
  const base = target.slice(target.lastIndexOf('/') + 1).replaceAll(/[^-._a-zA-Z0-9]/g, '_');
  return `${digestOf(target).slice(0, 8)}-${base}`.slice(0, 100);
}

function storeFile(name: string, target: string, file: ResolvedFile): StoredFile {
  if (file.kind === 'bytes') return storeBeside(name, { target, mode: file.mode, content: { base64: file.base64 } });
  // Compose takes a config without text for one that is a file.
  if (file.text === '') return storeBeside(name, { target, mode: file.mode, content: { content: '' } });
  return holdsSecret(file.text) ? storeSecret(name, target, file) : storeText(name, target, file);
}

interface TextFile {
  readonly text: Value;
  readonly mode?: string;
}

function storeText(name: string, target: string, { text, mode }: TextFile): StoredFile {
  const mount = { source: name, target, mode: fullMode(mode) };
  const value = { content: escapeDollarsIn(text) };
  return { list: 'configs', mount, entries: [{ section: 'configs', name, value }] };
}

/** Compose copies what a variable holds into the container, where it is read by whoever runs there; a file would keep its owner. */
function storeSecret(name: string, target: string, { text, mode }: TextFile): StoredFile {
  const mount = { source: name, target, mode: fullMode(mode) };
  const variable = makeVariable(name, text);
  return { list: 'secrets', mount, entries: [{ section: 'secrets', name, value: { environment: variable.name } }, variable] };
}

interface BesideFile {
  readonly target: string;
  readonly mode: string | undefined;
  readonly content: ValueObject;
}

function storeBeside(name: string, { target, mode, content }: BesideFile): StoredFile {
  const path = `files/${name}`;
  const mount = { type: 'bind', source: `./${path}`, target, read_only: true, bind: { create_host_path: false } };
  return { list: 'volumes', mount, entries: [{ section: 'files', name: path, value: { ...content, mode: fullMode(mode) } }] };
}

/** As in Kubernetes; of its own accord Compose closes files to all but root. */
const modeDefault = '0644';

/** Score takes `644` as well as `0644`. */
function fullMode(mode = modeDefault): string {
  return mode.padStart(4, '0');
}

function mountVolume(target: string, { source, path, isReadOnly }: ResolvedVolume): ValueObject {
  invariant(source.kind === 'mount', 'volumes were read for Compose');
  const mount = { ...source.mount, target, ...(isReadOnly && { read_only: true }) };
  return path === undefined ? mount : enterPath(mount, path.replace(/^\/+/, ''));
}

function enterPath(mount: ValueObject, path: string): ValueObject {
  if (mount['type'] === 'bind') return { ...mount, source: `${textOf(mount['source']).replace(/\/+$/, '')}/${path}` };
  return { ...mount, volume: { ...mapOf(mount['volume']), subpath: path } };
}

function sorted<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([left], [right]) => compareText(left, right));
}
