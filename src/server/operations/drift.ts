import {
  compareText,
  diagnose,
  didYouMean,
  succeed,
  type EnvironmentState,
  type ObjectState,
  type TargetObservation,
} from '../../core/index.ts';
import type { OperationOutput } from '../../contract/index.ts';
import { refOf } from './environment-view.ts';
import { onRecords, type Handler } from './handler.ts';

type Drift = OperationOutput<'drift.show'>;
type Drifted = Drift['objects'][number];

export const handlers: readonly Handler[] = [
  onRecords('drift.show', async ({ store, engine, input, caller, signal }) => {
    const ref = refOf(input);
    const state = await store.environments.loadState(ref);
    if (!state.value) return { diagnostics: state.diagnostics };
    if (!state.value.target) return succeed({ objects: [], strays: [], looked: 0 });
    const looked = await engine.observe(ref, { actor: caller.actor, signal });
    return looked.value ? succeed(showDrift(state.value, looked.value), looked.diagnostics) : { diagnostics: looked.diagnostics };
  }),
  onRecords('drift.accept', async ({ store, input, caller }) => {
    const { key, paths } = input.body;
    const state = await store.environments.loadState(refOf(input));
    const known = Object.values(state.value?.objects ?? {}).find((each) => each.key === key);
    if (!known) return { diagnostics: [...state.diagnostics, ...missingObject(key, state.value)] };
    const { diagnostics } = await store.environments.acceptDrift(refOf(input), { key: known.key, paths }, caller.actor);
    return diagnostics.length > 0 ? { diagnostics } : succeed({});
  }),
];

function missingObject(key: string, state: EnvironmentState | undefined) {
  const meant = didYouMean(key, Object.keys(state?.objects ?? {}));
  return state ? [diagnose('T7201', { detail: `There is no object "${key}" in this environment.${meant}` })] : [];
}

/** Objects that were never written to their end are not known to differ. */
function showDrift({ objects }: EnvironmentState, observation: TargetObservation): Drift {
  const written = Object.values(objects).filter(({ hash }) => hash !== '');
  const drifted = written.flatMap((state) => describe(state, observation) ?? []);
  return {
    objects: drifted.toSorted((left, right) => compareText(left.key, right.key)),
    strays: [...(observation.strays ?? []), ...observation.foreign.map(({ key }) => key)].toSorted(compareText),
    looked: written.length,
  };
}

function describe({ key, node, accepted = [] }: ObjectState, observation: TargetObservation): Drifted | undefined {
  const seen = observation.objects[key];
  const base = { key, node, accepted };
  if (!seen) return { ...base, kind: 'missing', fields: [] };
  if (seen.isAsDeployed) return undefined;
  return { ...base, kind: seen.differences ? 'changed' : 'foreign', fields: seen.differences ?? [] };
}
