import { toBase64 } from '../../expressions/functions.ts';
import { digestOf } from '../../model/digest.ts';
import { isSecret, isSecretText, isUnknown, type Unknown, type Value, type ValueObject } from '../../model/value.ts';
import type { ResolvedContainer, ResolvedFile, ResolvedWorkload } from '../resolve/resolve-workload.ts';
import { fitName } from '../slug.ts';
import { compareText } from '../../model/compare.ts';
import { textOf } from './make-object.ts';

/** Files and volumes of a workload: what its pods mount, and the objects that hold the files. */
export interface Storage {
  readonly mounts: Readonly<Record<string, readonly ValueObject[]>>;
  readonly volumes: readonly (ValueObject | Unknown)[];
  readonly claimTemplates: readonly ValueObject[];
  readonly objects: readonly ValueObject[];
}

const modeDefault = 0o644;

/** Lays out files and volumes. Every file is mounted by itself, so that what lies beside it in the image stays. */
export function layOutStorage(workload: ResolvedWorkload, metadata: ValueObject): Storage {
  const layout = openLayout(`${workload.declared.name}-files`);
  for (const [name, container] of sorted(workload.containers)) {
    const mounts = [...fileMounts(layout, name, container), ...volumeMounts(layout, container)];
    layout.mounts[name] = mounts.toSorted((left, right) => compareText(textOf(left['mountPath']), textOf(right['mountPath'])));
  }
  return {
    mounts: layout.mounts,
    volumes: [...fileVolumes(layout), ...layout.volumes.values()],
    claimTemplates: [...layout.claims.values()],
    objects: fileObjects(layout, metadata),
  };
}

interface Layout {
  readonly objectName: string;
  readonly mounts: Record<string, readonly ValueObject[]>;
  readonly plain: Map<string, StoredFile>;
  readonly secret: Map<string, StoredFile>;
  readonly volumes: Map<string, ValueObject | Unknown>;
  readonly claims: Map<string, ValueObject>;
}

interface StoredFile {
  readonly value: Value;
  readonly isBytes: boolean;
  readonly mode: number;
}

function openLayout(objectName: string): Layout {
  return { objectName, mounts: {}, plain: new Map(), secret: new Map(), volumes: new Map(), claims: new Map() };
}

function fileMounts(layout: Layout, container: string, { files }: ResolvedContainer): readonly ValueObject[] {
  return sorted(files).map(([target, file]) => {
    const key = keyOf(container, target);
    const foreign = foreignOf(file);
    if (foreign) return foreignMount(layout, target, { key, mode: modeOf(file), ...foreign });
    const shelf = isSecretFile(file) ? layout.secret : layout.plain;
    shelf.set(key, store(file));
    return { name: shelf === layout.secret ? 'secret-files' : 'files', mountPath: target, subPath: key, readOnly: true };
  });
}

/** The key of a Secret that is on the target already, where a file is nothing but that. */
function foreignOf(file: ResolvedFile): { readonly name: string; readonly secretKey: string } | undefined {
  if (file.kind !== 'text' || !isSecret(file.text) || file.text.ref.kind !== 'object') return undefined;
  return { name: file.text.ref.name, secretKey: file.text.ref.key };
}

interface ForeignFile {
  readonly key: string;
  readonly name: string;
  readonly secretKey: string;
  readonly mode: number;
}

function foreignMount(layout: Layout, target: string, { key, name, secretKey, mode }: ForeignFile): ValueObject {
  const volume = fitName(`secret-${digestOf(key).slice(0, 8)}-${name}`.replaceAll('.', '-'), 63);
  layout.volumes.set(volume, { name: volume, secret: { secretName: name, items: [{ key: secretKey, path: key, mode }] } });
  return { name: volume, mountPath: target, subPath: key, readOnly: true };
}

function modeOf({ mode }: ResolvedFile): number {
  return mode === undefined ? modeDefault : Number.parseInt(mode, 8);
}

/** Readable, and different for every container and path. */
function keyOf(container: string, target: string): string {
  const base = target.slice(target.lastIndexOf('/') + 1).replaceAll(/[^-._a-zA-Z0-9]/g, '_');
  return `${container}-${digestOf(target).slice(0, 8)}-${base}`.slice(0, 250);
}

function isSecretFile(file: ResolvedFile): boolean {
  return file.kind === 'text' && (isSecret(file.text) || isSecretText(file.text));
}

function store(file: ResolvedFile): StoredFile {
  const mode = modeOf(file);
  return file.kind === 'bytes' ? { value: file.base64, isBytes: true, mode } : { value: file.text, isBytes: false, mode };
}

function fileVolumes(layout: Layout): readonly ValueObject[] {
  const items = (shelf: ReadonlyMap<string, StoredFile>): readonly ValueObject[] =>
    sortedEntries(shelf).map(([key, file]) => ({ key, path: key, mode: file.mode }));
  return [
    ...(layout.plain.size > 0 ? [{ name: 'files', configMap: { name: layout.objectName, items: items(layout.plain) } }] : []),
    ...(layout.secret.size > 0 ? [{ name: 'secret-files', secret: { secretName: layout.objectName, items: items(layout.secret) } }] : []),
  ];
}

function fileObjects(layout: Layout, metadata: ValueObject): readonly ValueObject[] {
  const named = { ...metadata, name: layout.objectName };
  const objects: ValueObject[] = [];
  if (layout.plain.size > 0) {
    const texts = sortedEntries(layout.plain).filter(([, file]) => !file.isBytes);
    const bytes = sortedEntries(layout.plain).filter(([, file]) => file.isBytes);
    objects.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: named,
      ...(texts.length > 0 && { data: Object.fromEntries(texts.map(([key, file]) => [key, file.value])) }),
      ...(bytes.length > 0 && { binaryData: Object.fromEntries(bytes.map(([key, file]) => [key, file.value])) }),
    });
  }
  if (layout.secret.size > 0) {
    const data = sortedEntries(layout.secret).map(([key, file]) => [key, encode(file.value)] as const);
    objects.push({ apiVersion: 'v1', kind: 'Secret', metadata: named, type: 'Opaque', data: Object.fromEntries(data) });
  }
  return objects;
}

function encode(value: Value): Value {
  if (isSecret(value) || isSecretText(value)) return { $tutti: 'secretText', parts: [value], encoding: 'base64' };
  return typeof value === 'string' ? toBase64(value) : value;
}

function volumeMounts(layout: Layout, container: ResolvedContainer): readonly ValueObject[] {
  return sorted(container.volumes).map(([target, volume]) => {
    const name = fitName(`vol-${volume.need}`, 63);
    if (volume.source.kind === 'claim') layout.claims.set(name, { metadata: { name }, spec: volume.source.spec });
    else if (volume.source.kind === 'volume') layout.volumes.set(name, nameVolume(name, volume.source.source));
    return {
      name,
      mountPath: target,
      ...(volume.path !== undefined && { subPath: volume.path.replace(/^\/+/, '') }),
      ...(volume.isReadOnly && { readOnly: true }),
    };
  });
}

/** Of a source that is not known yet nobody knows which kind of volume it is: the whole entry is unknown. */
function nameVolume(name: string, source: ValueObject | Unknown): ValueObject | Unknown {
  return isUnknown(source) ? source : { ...source, name };
}

function sorted<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([left], [right]) => compareText(left, right));
}

function sortedEntries<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].toSorted(([left], [right]) => compareText(left, right));
}
