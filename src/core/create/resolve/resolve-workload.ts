import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/quote.ts';
import { diagnose, settle } from '../../diagnostics/report.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import type { Format } from '../../model/context.ts';
import type { WorkloadNode } from '../../model/graph.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import type { Container, ContainerVolume, DeclaredWorkload } from '../../model/workload.ts';
import { reportUnknownNeed, resolveText, type PlaceholderScope } from '../placeholders/resolve.ts';
import { scanPlaceholders } from '../placeholders/scan.ts';
import { placeholderScope, type ResolveContext } from './resolve-resource.ts';
import { readVolumeSource, type VolumeSource } from './volume-source.ts';

/** A workload with all placeholders resolved. */
export interface ResolvedWorkload {
  readonly declared: DeclaredWorkload;
  readonly containers: Readonly<Record<string, ResolvedContainer>>;
}

export interface ResolvedContainer {
  readonly declared: Container;
  readonly variables: ValueObject;
  /** By target path; bytes stay as they are. */
  readonly files: Readonly<Record<string, ResolvedFile>>;
  /** By target path. */
  readonly volumes: Readonly<Record<string, ResolvedVolume>>;
}

export type ResolvedFile =
  | { readonly kind: 'text'; readonly text: Value; readonly mode?: string }
  | { readonly kind: 'bytes'; readonly base64: string; readonly mode?: string };

export interface ResolvedVolume {
  /** The name of the need that supplies it. */
  readonly need: string;
  readonly source: VolumeSource;
  readonly path?: string;
  readonly isReadOnly: boolean;
}

/**
 * Resolves the placeholders of a workload: in variables, file contents and volume sources, nowhere else.
 * Reports: T3201–T3204, T4108; all of them, each at its place in the Score file.
 */
export function resolveWorkload(
  node: WorkloadNode,
  declared: DeclaredWorkload,
  context: Pick<ResolveContext, 'outputsOf' | 'deployment'>,
): Outcome<ResolvedWorkload> {
  const run: Run = {
    diagnostics: [],
    format: context.deployment.format,
    scope: placeholderScope(node.resources, declared.metadata, context),
  };
  const containers = Object.entries(declared.containers).map(([name, container]) => {
    const place: Place = { ...declared.origin, path: ['containers', name] };
    return [name, resolveContainer(container, run, place)] as const;
  });
  return settle({ declared, containers: Object.fromEntries(containers) }, run.diagnostics);
}

interface Run {
  readonly diagnostics: Diagnostic[];
  readonly format: Format;
  readonly scope: PlaceholderScope;
}

function resolveContainer(container: Container, run: Run, place: Place): ResolvedContainer {
  return {
    declared: container,
    variables: mapEntries(container.variables, (text, name) => resolveOne(text, run, extendPlace(place, 'variables', name))),
    files: mapEntries(container.files, (file, target) => resolveFile(file, run, extendPlace(place, 'files', target, 'content'))),
    volumes: resolveVolumes(container.volumes, run, place),
  };
}

function resolveFile(file: Container['files'][string], run: Run, place: Place): ResolvedFile {
  if (file.kind === 'bytes') return file;
  const { isExpanded, ...rest } = file;
  return isExpanded ? { ...rest, text: resolveOne(file.text, run, place) } : rest;
}

function resolveOne(text: string, run: Run, place: Place): Value {
  const { value, diagnostics } = resolveText(text, run.scope, place);
  run.diagnostics.push(...diagnostics);
  return value ?? '';
}

function resolveVolumes(
  volumes: Readonly<Record<string, ContainerVolume>>,
  run: Run,
  place: Place,
): Readonly<Record<string, ResolvedVolume>> {
  const resolved: Record<string, ResolvedVolume> = {};
  for (const [target, volume] of Object.entries(volumes)) {
    const source = resolveVolume(volume, run, extendPlace(place, 'volumes', target, 'source'));
    if (source) resolved[target] = source;
  }
  return resolved;
}

function resolveVolume(volume: ContainerVolume, run: Run, place: Place): ResolvedVolume | undefined {
  const need = readNeedName(volume.source);
  if (need === undefined) {
    const detail = `The source is ${quote(volume.source)}; write \`\${resources.NAME}\` with the name of a volume that the file declares.`;
    return refuse(run, detail, place);
  }
  const outputs = run.scope.outputsOf(need);
  if (!outputs) {
    run.diagnostics.push(reportUnknownNeed(need, run.scope, place));
    return undefined;
  }
  const source = readVolumeSource(outputs, run.format);
  if ('problem' in source) return refuse(run, `"${need}" ${source.problem}.`, place);
  const { path, isReadOnly } = volume;
  const problem = path !== undefined && path.split('/').includes('..');
  if (problem)
    return refuse(run, `The path ${quote(path)} leads out of the volume.`, { ...place, path: [...place.path.slice(0, -1), 'path'] });
  return { need, source, isReadOnly, ...(path !== undefined && { path }) };
}

/** `${resources.NAME}` means the resource as a volume; `${resources.NAME.source}` says the same. */
function readNeedName(source: string): string | undefined {
  const [part, ...others] = scanPlaceholders(source);
  if (part?.kind !== 'reference' || others.length > 0) return undefined;
  const [root, need, ...keys] = part.path;
  const isWhole = keys.length === 0 || (keys.length === 1 && keys[0] === 'source');
  return root === 'resources' && isWhole ? need : undefined;
}

function refuse(run: Run, detail: string, place: Place): undefined {
  run.diagnostics.push(diagnose('T4108', { detail, place }));
  return undefined;
}

function mapEntries<T, R>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => R): Readonly<Record<string, R>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
