import {
  compareText,
  hasErrors,
  type Actor,
  type DeploymentRequest,
  type EnvironmentRef,
  type EnvironmentValue,
  type Outcome,
  type Store,
} from '../core/index.ts';
import type { EngineDependencies } from './dependencies.ts';
import type { PrepareInputs } from './prepare/prepared.ts';
import { createReveal, type RevealSource } from './reveal.ts';
import { openSeedBook } from './seeds.ts';

export interface LoadedInputs {
  readonly inputs: PrepareInputs;
  readonly revealing: RevealSource;
}

const seedBytes = 32;

/** Reads everything that a plan is made of from the store. */
export async function loadInputs(
  dependencies: EngineDependencies,
  ref: EnvironmentRef,
  plan: { readonly request: DeploymentRequest; readonly requester: Actor; readonly signal: AbortSignal },
): Promise<Outcome<LoadedInputs>> {
  const { store } = dependencies;
  const environment = await store.environments.find(ref);
  if (!environment.value) return { diagnostics: environment.diagnostics };
  const state = await store.environments.loadState(ref);
  const current = await store.environments.values(ref);
  const kept = await store.seeds.load(ref);
  const diagnostics = [...environment.diagnostics, ...state.diagnostics, ...current.diagnostics, ...kept.diagnostics];
  if (!state.value || !current.value || !kept.value || hasErrors(diagnostics)) return { diagnostics };
  const { request } = plan;
  const release = request.toRelease ?? environment.value.release;
  const seeds = openSeedBook({
    kept: kept.value,
    identity: [ref.project, ref.environment],
    newSeed: () => dependencies.random.hex(seedBytes),
    hash: store.secrets.hash,
  });
  const values = request.values ? meantValues(request.values, current.value) : current.value;
  const revealing: RevealSource = { ref, seeds, stored: (secret) => store.secrets.reveal(ref, secret) };
  const inputs: PrepareInputs = {
    environment: environment.value,
    state: state.value,
    values,
    platform: await dependencies.loadPlatform(release),
    release,
    request,
    requester: plan.requester,
    seeds,
    reveal: createReveal(revealing),
    now: dependencies.clock.now(),
    changed: await findChanges(store, ref, { release, values }),
    signal: plan.signal,
  };
  return { value: { inputs, revealing }, diagnostics };
}

/** A rollback takes plain values as they were; secrets resolve to their current version (domain.md §7). */
function meantValues(earlier: readonly EnvironmentValue[], current: readonly EnvironmentValue[]): readonly EnvironmentValue[] {
  const secrets = current.filter((value) => value.value === undefined);
  const plain = earlier.filter((value) => value.value !== undefined && !secrets.some((each) => each.key === value.key));
  return [...plain, ...secrets];
}

/** What differs from the last deployment that succeeded: it tells why things change. */
async function findChanges(
  store: Store,
  ref: EnvironmentRef,
  now: { readonly release: number; readonly values: readonly EnvironmentValue[] },
): Promise<PrepareInputs['changed']> {
  const recent = await store.deployments.list(ref, { limit: 20 });
  const last = recent.value?.find((deployment) => deployment.status === 'succeeded');
  const snapshot = last && (await store.deployments.snapshot(ref, last.number)).value;
  if (!snapshot) return { areValuesChanged: false, isReleaseChanged: false };
  return {
    areValuesChanged: fingerprint(snapshot.values) !== fingerprint(now.values),
    isReleaseChanged: snapshot.release !== now.release,
  };
}

function fingerprint(values: readonly EnvironmentValue[]): string {
  const sorted = values.toSorted((left, right) => compareText(left.key, right.key));
  return JSON.stringify(sorted.map((value) => [value.key, value.value ?? null, value.hash ?? null]));
}
