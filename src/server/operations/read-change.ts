import type { OperationInput } from '../../contract/index.ts';
import {
  diagnose,
  fail,
  hasEnded,
  hasErrors,
  parseUid,
  succeed,
  unreachable,
  type DeploymentRequest,
  type EnvironmentRef,
  type Outcome,
  type SourceText,
  type Uid,
} from '../../core/index.ts';
import { findBack } from '../../engine/index.ts';
import type { RecordServices } from '../services.ts';
import { listTexts } from './environment-view.ts';
import { located, textsOf } from './locate-problems.ts';
import { readChanged } from './read-changed.ts';
import { listCrossed } from './list-crossed.ts';
import { readPromotion } from './read-promotion.ts';

type Change = OperationInput<'plans.create'>['body'];
type ChangeOf<Kind extends Change['kind']> = Extract<Change, { readonly kind: Kind }>;

/** A change as the engine takes it, with the texts that its diagnostics may point into. */
export interface ReadChange {
  readonly request: DeploymentRequest;
  readonly texts: readonly SourceText[];
}

/**
 * Turns what a caller wants into what the engine carries out: names become specs, values and releases.
 * Reports: what `readScore` does, T1203–T1207, T7201, T7207, T8006, T8017–T8019.
 */
export async function readChange(services: RecordServices, ref: EnvironmentRef, change: Change): Promise<Outcome<ReadChange>> {
  const named = readNames(change);
  if (!named.value) return { diagnostics: named.diagnostics };
  const base: Named = { ...named.value, reason: change.reason ?? '', ...(change.adopt === true && { adopts: true }) };
  switch (change.kind) {
    case 'deploy':
      return readDeploy(services, ref, { change, base });
    case 'rollback':
      return readRollback(services, ref, { change, base });
    case 'rollout':
      return readRollout(services, { change, base });
    case 'promote': {
      const promotion = await readPromotion(services, ref, { from: change.from, reason: base.reason });
      if (!promotion.value) return { diagnostics: promotion.diagnostics };
      const { request, snapshot } = promotion.value;
      return succeed({ request: { ...base, ...request }, texts: textsOf(snapshot) });
    }
    case 'destroy':
      return succeed(readDestroy({ change, base }));
    default:
      return unreachable(change);
  }
}

type Named = Pick<DeploymentRequest, 'deleteResources' | 'rebind' | 'reason' | 'adopts'>;

interface Asked<Kind extends Change['kind']> {
  readonly change: ChangeOf<Kind>;
  readonly base: Named;
}

function readNames({ deleteResources = [], rebind = [] }: Change): Outcome<Pick<Named, 'deleteResources' | 'rebind'>> {
  const wrong = [...deleteResources, ...rebind].filter((text) => parseUid(text) === undefined);
  if (wrong.length > 0)
    return fail(...wrong.map((text) => diagnose('T8006', { detail: `"${text}" is no uid of a resource: write \`type.class#id\`.` })));
  return succeed({ deleteResources: toUids(deleteResources), rebind: toUids(rebind) });
}

function toUids(texts: readonly string[]): readonly Uid[] {
  return texts.flatMap((text) => parseUid(text) ?? []);
}

async function readDeploy({ store }: RecordServices, ref: EnvironmentRef, { change, base }: Asked<'deploy'>): Promise<Outcome<ReadChange>> {
  const { sources = [], images = {}, remove = [], only = false } = change;
  // Without any file the environment is brought to what it shall be; with `only` that would be nothing at all.
  if (only && sources.length === 0)
    return fail(diagnose('T8017', { detail: 'Give the Score files that are the whole of the environment.' }));
  const state = await store.environments.loadState(ref);
  if (!state.value) return { diagnostics: state.diagnostics };
  const changed = readChanged(state.value, { sources, images });
  const texts = [...listTexts(state.value), ...sources];
  if (!changed.value) return located({ diagnostics: changed.diagnostics }, texts);
  const request: DeploymentRequest = { ...base, kind: 'deploy', workloads: changed.value, remove, isWhole: only };
  return located(succeed({ request, texts }, changed.diagnostics), texts);
}

async function readRollback(
  services: RecordServices,
  ref: EnvironmentRef,
  { change, base }: Asked<'rollback'>,
): Promise<Outcome<ReadChange>> {
  const number = change.to === undefined ? await findPrevious(services, ref) : succeed(change.to);
  if (number.value === undefined) return { diagnostics: number.diagnostics };
  const snapshot = await services.store.deployments.snapshot(ref, number.value);
  if (!snapshot.value) return { diagnostics: snapshot.diagnostics };
  const { workloads, values, release } = snapshot.value;
  const crossed = await listCrossed(services, ref, number.value);
  if (!crossed.value) return { diagnostics: crossed.diagnostics };
  const crosses = crossed.value;
  const request: DeploymentRequest = {
    ...base,
    kind: 'rollback',
    ...(crosses.length > 0 && { crosses }),
    workloads,
    remove: [],
    isWhole: true,
    toDeployment: number.value,
    toRelease: release,
    values,
  };
  return succeed({ request, texts: textsOf(snapshot.value) });
}

/** The last succeeded deployment before the current one; the current one is what is there now, also where it has failed half-way. */
async function findPrevious({ store }: RecordServices, ref: EnvironmentRef): Promise<Outcome<number>> {
  let current: number | undefined;
  let hasSucceeded = false;
  const previous = await findBack(store, ref, ({ number, status }) => {
    if (hasEnded(status)) current ??= number;
    hasSucceeded ||= status === 'succeeded';
    return status === 'succeeded' && number !== current;
  });
  if (hasErrors(previous.diagnostics)) return { diagnostics: previous.diagnostics };
  return previous.value ? succeed(previous.value.number) : fail(describeNoPrevious(ref, hasSucceeded));
}

function describeNoPrevious({ project, environment }: EnvironmentRef, hasSucceeded: boolean) {
  const what = hasSucceeded ? 'only one deployment' : 'no deployment';
  return diagnose('T8018', { detail: `In ${project}/${environment} ${what} has succeeded so far.` });
}

async function readRollout({ store }: RecordServices, { change, base }: Asked<'rollout'>): Promise<Outcome<ReadChange>> {
  const release = await store.releases.find(change.to);
  if (!release.value) return { diagnostics: release.diagnostics };
  const request: DeploymentRequest = {
    ...base,
    kind: 'rollout',
    workloads: [],
    remove: [],
    isWhole: false,
    toRelease: release.value.number,
  };
  return succeed({ request, texts: [] });
}

function readDestroy({ change, base }: Asked<'destroy'>): ReadChange {
  const deletesData = change.deleteData === true ? { deletesData: true } : {};
  return { request: { ...base, kind: 'destroy', workloads: [], remove: [], isWhole: true, ...deletesData }, texts: [] };
}
