import type { Diagnostic, Outcome } from '../../diagnostics/diagnostic.ts';
import { settle } from '../../diagnostics/report.ts';
import { digestOf } from '../../model/digest.ts';
import type { Json } from '../../model/value.ts';
import type { Container, DeclaredWorkload, Need } from '../../model/workload.ts';
import { overrideDocument } from '../overrides/override-document.ts';
import { untrace } from '../overrides/traced.ts';
import { isJsonObject } from '../yaml-json.ts';
import { parseYaml } from '../yaml.ts';
import { assignImages, type Images, type ImageSubject } from './images.ts';

/** A workload as it was read before, with the text that it came from. */
export interface ReadWorkload {
  readonly declared: DeclaredWorkload;
  readonly text?: string;
}

/**
 * Gives workloads that were read before other images, without their Score files.
 * Rule: as `readScore` assigns supplied images; which containers left their image open is seen in the kept text.
 * Shape: the workloads that an image is for, in their order; the others are left out.
 * Reports: T1203 – T1207.
 */
export function changeImages(workloads: readonly ReadWorkload[], images: Images): Outcome<readonly ReadWorkload[]> {
  const assigned = assignImages(images, workloads.map(describeSubject), []);
  const diagnostics: readonly Diagnostic[] = assigned.diagnostics;
  const changed = workloads.flatMap((workload): readonly ReadWorkload[] => {
    const chosen = assigned.value?.get(workload.declared.name);
    return chosen && chosen.size > 0 ? [{ ...workload, declared: withImages(workload.declared, chosen) }] : [];
  });
  return settle(changed, diagnostics);
}

function describeSubject({ declared, text }: ReadWorkload): ImageSubject {
  const written = text === undefined ? undefined : findContainers(declared, text);
  const images = Object.entries(declared.containers).map(([name, { image }]) => [name, readImage(written, name) ?? image]);
  return { workload: declared.name, images: Object.fromEntries(images) };
}

function findContainers({ origin, overrides }: DeclaredWorkload, text: string): Json | undefined {
  const document = (parseYaml(origin.file, text).value ?? []).find((each) => each.document === origin.document);
  const value = document && overrides ? untrace(overrideDocument(document, overrides).traced) : document?.value;
  return isJsonObject(value) ? value['containers'] : undefined;
}

function readImage(containers: Json | undefined, name: string): string | undefined {
  const container = isJsonObject(containers) && Object.hasOwn(containers, name) ? containers[name] : undefined;
  const image = isJsonObject(container) ? container['image'] : undefined;
  return typeof image === 'string' ? image : undefined;
}

function withImages(declared: DeclaredWorkload, images: ReadonlyMap<string, string>): DeclaredWorkload {
  const { name, metadata, annotations, ports } = declared;
  const containers: Record<string, Container> = {};
  for (const [key, container] of Object.entries(declared.containers)) {
    containers[key] = { ...container, image: images.get(key) ?? container.image };
  }
  const needs = Object.fromEntries(Object.entries(declared.needs).map(([key, need]) => [key, withoutPlace(need)]));
  const digest = digestOf({ name, metadata, annotations, ports, containers, needs });
  return { ...declared, containers, digest };
}

function withoutPlace({ place: _, ...need }: Need): Omit<Need, 'place'> {
  return need;
}
