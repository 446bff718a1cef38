import {
  makeSlug,
  matchTarget,
  succeed,
  type DeclaredWorkload,
  type DeploymentContext,
  type EnvironmentRecord,
  type EnvironmentRef,
  type EnvironmentState,
  type MatchContext,
  type Outcome,
  type Platform,
  type ReadWorkload,
  type SourceText,
  type Uid,
} from '../../core/index.ts';
import type { RecordServices } from '../services.ts';
import { textOf } from './locate-problems.ts';
import { formatOf } from './read-input.ts';

/** An environment of the store with all that reading it needs. */
export interface EnvironmentView {
  readonly record: EnvironmentRecord;
  readonly state: EnvironmentState;
  readonly platform: Platform;
  readonly context: DeploymentContext;
}

/** Names the environment of a call, and nothing else of it. */
export function refOf({ project, environment }: EnvironmentRef): EnvironmentRef {
  return { project, environment };
}

/** Loads an environment as it is, with the platform release that it is pinned to. */
export async function loadEnvironment({ store, loadPlatform }: RecordServices, ref: EnvironmentRef): Promise<Outcome<EnvironmentView>> {
  const found = await store.environments.find(ref);
  if (!found.value) return { diagnostics: found.diagnostics };
  const record = found.value;
  const [state, platform] = await Promise.all([store.environments.loadState(ref), loadPlatform(record.release)]);
  if (!state.value) return { diagnostics: state.diagnostics };
  const identity = { project: record.project, environment: record.environment, environmentType: record.type };
  const target = matchTarget(platform, identity, state.value.target?.name);
  if (!target.value) return { diagnostics: target.diagnostics };
  const match: MatchContext = { ...identity, target: target.value.target.name, format: formatOf(target.value.target) };
  return succeed({ record, state: state.value, platform, context: widenContext(match, record) });
}

/** The context that a graph is built in. */
export function widenContext(match: MatchContext, environment: Pick<EnvironmentRecord, 'incarnation' | 'labels'>): DeploymentContext {
  const { incarnation, labels } = environment;
  const slug = makeSlug(`${match.project}-${match.environment}`, [match.project, match.environment], incarnation);
  return { ...match, incarnation, labels, slug };
}

/** The definitions that the resources of an environment are bound to. */
export function listBindings(state: EnvironmentState): Readonly<Record<Uid, string>> {
  return Object.fromEntries(Object.values(state.resources).map(({ uid, definition }) => [uid, definition.name]));
}

/** The workloads of an environment, some of them replaced by others. */
export function overlayWorkloads(state: EnvironmentState, changed: readonly DeclaredWorkload[]): readonly DeclaredWorkload[] {
  const workloads = new Map(Object.values(state.workloads).map(({ name, declared }) => [name, declared]));
  for (const workload of changed) workloads.set(workload.name, workload);
  return [...workloads.values()];
}

/** The workloads of an environment as they were read. */
export function listDeployed(state: EnvironmentState): readonly ReadWorkload[] {
  return Object.values(state.workloads).map(({ declared, text }) => ({ declared, ...(text !== undefined && { text }) }));
}

/** The texts that the workloads of an environment came from, for the places of diagnostics. */
export function listTexts(state: EnvironmentState): readonly SourceText[] {
  return listDeployed(state).flatMap(textOf);
}
