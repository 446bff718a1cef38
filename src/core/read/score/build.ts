import type { Diagnostic, Outcome, Place } from '../../diagnostics/diagnostic.ts';
import { settle, succeed } from '../../diagnostics/report.ts';
import { extendPlace } from '../../diagnostics/place.ts';
import { digestOf } from '../../model/digest.ts';
import { defaultClass } from '../../model/uid.ts';
import type { Overrides } from '../../model/overrides.ts';
import type { ComputeResources, Container, DeclaredWorkload, Need, Probe, ServicePort } from '../../model/workload.ts';
import { readAnnotations } from './annotations.ts';
import { readFiles, type Attachments } from './files.ts';
import type { ScoreContainer, ScoreDocument, ScoreNeed } from './schema.ts';
import { readVolumes } from './volumes.ts';

/** A document of the right shape, with what belongs to it. */
export interface WorkloadParts {
  readonly document: ScoreDocument;
  readonly place: Place;
  readonly attachments: Attachments;
  readonly overrides: Overrides | undefined;
  /** Gives the image of a container, the supplied one where there is one. */
  readonly chooseImage: (container: string, place: Place) => Outcome<string>;
}

/** Makes the declared workload: defaults filled in, deprecated forms upgraded, contents of files in place. */
export function buildWorkload({ document, place, attachments, overrides, chooseImage }: WorkloadParts): Outcome<DeclaredWorkload> {
  const diagnostics: Diagnostic[] = [];
  const containers: Record<string, Container> = {};
  for (const [name, container] of Object.entries(document.containers)) {
    const containerPlace = extendPlace(place, 'containers', name);
    const image = chooseImage(name, extendPlace(containerPlace, 'image'));
    const built = buildContainer({ container, place: containerPlace, attachments, image: image.value ?? '' });
    diagnostics.push(...image.diagnostics, ...built.diagnostics);
    if (built.value) containers[name] = built.value;
  }
  const { name } = document.metadata;
  const annotations = readAnnotations(document.metadata.annotations, name, extendPlace(place, 'metadata', 'annotations'));
  diagnostics.push(...annotations.diagnostics);
  const declared = {
    name,
    metadata: document.metadata,
    annotations: annotations.value ?? {},
    ports: mapValues(document.service?.ports ?? {}, buildPort),
    containers,
    needs: mapValues(document.resources ?? {}, buildNeed),
  };
  const digest = digestOf(declared);
  const needs = mapValues(declared.needs, (need): Need => ({ ...need, place: extendPlace(place, 'resources', need.name) }));
  const origin = { file: place.file, document: place.document };
  return settle({ ...declared, needs, origin, ...(overrides && { overrides }), digest }, diagnostics);
}

interface ContainerParts {
  readonly container: ScoreContainer;
  readonly place: Place;
  readonly attachments: Attachments;
  readonly image: string;
}

function buildContainer({ container, place, attachments, image }: ContainerParts): Outcome<Container> {
  const files = readFiles(container.files, extendPlace(place, 'files'), attachments);
  const volumes = readVolumes(container.volumes, extendPlace(place, 'volumes'));
  const { command, args, livenessProbe, readinessProbe } = container;
  const built: Container = {
    image,
    ...(command && { command }),
    ...(args && { args }),
    variables: container.variables ?? {},
    files: files.value ?? {},
    volumes: volumes.value ?? {},
    before: container.before ?? {},
    limits: buildQuantities(container.resources?.limits),
    requests: buildQuantities(container.resources?.requests),
    ...(livenessProbe && { livenessProbe: buildProbe(livenessProbe) }),
    ...(readinessProbe && { readinessProbe: buildProbe(readinessProbe) }),
  };
  return succeed(built, [...files.diagnostics, ...volumes.diagnostics]);
}

type ScorePort = NonNullable<NonNullable<ScoreDocument['service']>['ports']>[string];

function buildPort({ port, targetPort, protocol }: ScorePort): ServicePort {
  return { port, targetPort: targetPort ?? port, protocol: protocol ?? 'TCP' };
}

function buildNeed({ type, class: className, id, params, metadata }: ScoreNeed, name: string): Omit<Need, 'place'> {
  return {
    name,
    type,
    class: className ?? defaultClass,
    ...(id !== undefined && { id }),
    ...(params && { params }),
    metadata: metadata ?? {},
  };
}

type ScoreQuantities = NonNullable<ScoreContainer['resources']>['limits'];

function buildQuantities(quantities: ScoreQuantities): ComputeResources {
  const { memory, cpu } = quantities ?? {};
  return { ...(memory !== undefined && { memory }), ...(cpu !== undefined && { cpu }) };
}

function buildProbe({ httpGet, exec }: NonNullable<ScoreContainer['livenessProbe']>): Probe {
  return { ...(httpGet && { httpGet: buildHttpGet(httpGet) }), ...(exec && { exec }) };
}

type ScoreHttpGet = NonNullable<NonNullable<ScoreContainer['livenessProbe']>['httpGet']>;

function buildHttpGet({ port, path, host, scheme, httpHeaders }: ScoreHttpGet): NonNullable<Probe['httpGet']> {
  return { port, path, ...(host !== undefined && { host }), ...(scheme && { scheme }), httpHeaders: httpHeaders ?? [] };
}

function mapValues<A, B>(map: Readonly<Record<string, A>>, change: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
