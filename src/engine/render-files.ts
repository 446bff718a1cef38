import {
  emptyState,
  type DeploymentRequest,
  type EnvironmentValue,
  type Format,
  type Outcome,
  type Platform,
  type RevealSecret,
} from '../core/index.ts';
import type { DesiredWorkload } from './desired.ts';
import { listObjects } from './prepare/prepare.ts';
import type { PrepareDependencies, PrepareInputs, Rendered } from './prepare/prepared.ts';
import { renderGraph } from './prepare/render-graph.ts';
import { createReveal } from './reveal.ts';
import { openSeedBook, type SeedSource } from './seeds.ts';

/** What is rendered from files alone: nothing is remembered, nothing is written. */
export interface FilesRequest {
  readonly project: string;
  readonly environment: string;
  readonly environmentType: string;
  readonly target?: string;
  readonly format?: Format;
  readonly platform: Platform;
  readonly workloads: readonly DesiredWorkload[];
  readonly values: Readonly<Record<string, string>>;
  /** Derives every seed and keys every hash, so that the same files give the same bytes. */
  readonly seeds: Pick<SeedSource, 'newSeed' | 'hash'>;
  /** ISO 8601. */
  readonly now: string;
  readonly signal: AbortSignal;
}

export interface RenderedFiles extends Rendered {
  readonly objects: ReturnType<typeof listObjects>;
  readonly reveal: RevealSecret;
}

/** Renders what an environment made of these files alone would have. */
export async function renderFiles(
  dependencies: Pick<PrepareDependencies, 'drivers' | 'targets' | 'patcher'>,
  request: FilesRequest,
): Promise<Outcome<RenderedFiles>> {
  const seeds = openSeedBook({ kept: [], identity: [request.project, request.environment], ...request.seeds });
  const ref = { project: request.project, environment: request.environment };
  const reveal = createReveal({ ref, seeds, stored: async () => ({ diagnostics: [] }) });
  const inputs = describeInputs(request, { seeds, reveal });
  const rendered = await renderGraph({ ...dependencies, baseDir: '.' }, inputs);
  if (!rendered.value) return { diagnostics: rendered.diagnostics };
  return { value: { ...rendered.value, objects: listObjects(rendered.value), reveal }, diagnostics: rendered.diagnostics };
}

function describeInputs(request: FilesRequest, { seeds, reveal }: Pick<PrepareInputs, 'seeds' | 'reveal'>): PrepareInputs {
  const { project, environment, environmentType } = request;
  const chosen = {
    ...(request.target !== undefined && { target: request.target }),
    ...(request.format !== undefined && { format: request.format }),
  };
  return {
    environment: { project, environment, type: environmentType, incarnation: 1, labels: {} },
    state: emptyState,
    values: Object.entries(request.values).map(([key, value]) => plainValue(key, value)),
    platform: request.platform,
    release: 0,
    request: requestOf(request.workloads),
    requester: { name: 'nobody' },
    seeds,
    reveal,
    now: request.now,
    changed: { areValuesChanged: false, isReleaseChanged: false },
    signal: request.signal,
    chosen,
  };
}

function plainValue(key: string, value: string): EnvironmentValue {
  return { key, value, version: 1, changedAt: '', changedBy: '' };
}

function requestOf(workloads: readonly DesiredWorkload[]): DeploymentRequest {
  return {
    kind: 'deploy',
    workloads,
    remove: [],
    isWhole: true,
    deleteResources: [],
    rebind: [],
    reason: 'rendering files',
  };
}
