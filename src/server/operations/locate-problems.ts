import {
  locate,
  type DeploymentRecord,
  type DeploymentRequest,
  type Diagnostic,
  type EnvironmentRef,
  type Outcome,
  type ReadWorkload,
  type SourceText,
} from '../../core/index.ts';
import type { RecordServices } from '../services.ts';

/** Gives diagnostics their places in the texts at hand. */
export function located<T>(outcome: Outcome<T>, texts: readonly SourceText[]): Outcome<T> {
  return outcome.diagnostics.some(isOpen) ? { ...outcome, diagnostics: locate(outcome.diagnostics, texts) } : outcome;
}

/** The same, and also in the platform release that an environment is pinned to, which is read only if something points into it. */
export async function locatedInRelease<T>(
  { store }: Pick<RecordServices, 'store'>,
  found: { readonly ref: EnvironmentRef; readonly release?: number | undefined; readonly texts: readonly SourceText[] },
  outcome: Outcome<T>,
): Promise<Outcome<T>> {
  const near = located(outcome, found.texts);
  if (!near.diagnostics.some(isOpen)) return near;
  const release = found.release ?? (await store.environments.find(found.ref)).value?.release;
  const files = release === undefined ? undefined : await store.releases.files(release);
  return located(near, files?.value ?? []);
}

/** The text that a workload came from, with what was laid over it. */
export function textOf({ declared: { origin, overrides }, text }: ReadWorkload): readonly SourceText[] {
  return text === undefined ? [] : [{ file: origin.file, text, ...(overrides && { overrides }) }];
}

/** The texts that a request came with. */
export function textsOf(request: Pick<DeploymentRequest, 'workloads'>): readonly SourceText[] {
  return request.workloads.flatMap(textOf);
}

/** Locates what was found while a deployment was carried out: its request and its release hold the texts. */
export async function locatedInDeployment<T>(
  { store }: Pick<RecordServices, 'store'>,
  record: DeploymentRecord,
  outcome: Outcome<T>,
): Promise<Outcome<T>> {
  if (!outcome.diagnostics.some(isOpen)) return outcome;
  const kept = await store.deployments.request(record.id);
  const texts = kept.value ? textsOf(kept.value.request) : [];
  return locatedInRelease({ store }, { ref: record, release: record.release, texts }, outcome);
}

function isOpen(diagnostic: Diagnostic): boolean {
  return isUnlocated(diagnostic) || diagnostic.related.some(isUnlocated);
}

function isUnlocated({ place, source }: Pick<Diagnostic, 'place' | 'source'>): boolean {
  return place !== undefined && source === undefined;
}
