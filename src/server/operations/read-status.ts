import { succeed, type EnvironmentRef, type Outcome } from '../../core/index.ts';
import type { RecordServices } from '../services.ts';
import { showStatus } from '../views/status.ts';
import type { Call } from './handler.ts';

export type StatusView = ReturnType<typeof showStatus>;

/**
 * The status of an environment: what was deployed, and what its target says of it.
 * Rule: a cluster that cannot be reached does not hide what is known all the same; why it cannot be is a warning.
 */
export async function readStatus(
  { store, engine, caller, signal }: Pick<RecordServices, 'store' | 'engine'> & Pick<Call<'environments.status'>, 'caller' | 'signal'>,
  ref: EnvironmentRef,
): Promise<Outcome<StatusView>> {
  const record = await store.environments.find(ref);
  if (!record.value) return { diagnostics: record.diagnostics };
  const [state, deployments, values] = await Promise.all([
    store.environments.loadState(ref),
    store.deployments.list(ref, { limit: 1 }),
    store.environments.values(ref),
  ]);
  if (!state.value) return { diagnostics: state.diagnostics };
  const looked = state.value.target ? await engine.look(ref, { actor: caller.actor, signal }) : undefined;
  const status = showStatus({
    record: record.value,
    state: state.value,
    last: deployments.value?.[0],
    values: values.value ?? [],
    observation: looked?.value,
  });
  const warnings = (looked?.diagnostics ?? []).map((problem) => ({ ...problem, severity: 'warning' as const }));
  return succeed(status, warnings);
}
