import {
  diagnose,
  fail,
  hasErrors,
  succeed,
  type DeploymentRequest,
  type DeploymentSnapshot,
  type EnvironmentRef,
  type Outcome,
} from '../../core/index.ts';
import { findBack } from '../../engine/index.ts';
import type { RecordServices } from '../services.ts';

export interface Promotion {
  readonly request: Pick<DeploymentRequest, 'kind' | 'workloads' | 'remove' | 'isWhole' | 'reason'>;
  readonly snapshot: DeploymentSnapshot;
}

/**
 * Takes what an environment runs into another one: its workloads, with the images that they have there. They are matched anew; values, secrets
 * and the platform release are those of the other environment, and workloads that only it has stay.
 * Reports: T7201, T8019.
 */
export async function readPromotion(
  { store }: RecordServices,
  into: EnvironmentRef,
  { from, reason }: { readonly from: string; readonly reason: string },
): Promise<Outcome<Promotion>> {
  const source = { project: into.project, environment: from };
  const name = `${into.project}/${from}`;
  if (from === into.environment) return fail(diagnose('T8019', { detail: `${name} cannot be promoted to itself.` }));
  const last = await findBack(store, source, ({ status }) => status === 'succeeded');
  if (hasErrors(last.diagnostics)) return { diagnostics: last.diagnostics };
  if (!last.value) return fail(diagnose('T8019', { detail: `In ${name} no deployment has succeeded so far.` }));
  const { number } = last.value;
  const snapshot = await store.deployments.snapshot(source, number);
  if (!snapshot.value) return { diagnostics: snapshot.diagnostics };
  const { workloads } = snapshot.value;
  if (workloads.length === 0) return fail(diagnose('T8019', { detail: `In ${name} nothing runs since deployment ${number}.` }));
  const request = { kind: 'promote', workloads, remove: [], isWhole: false, reason: reason || `${from} #${number}` } as const;
  return succeed({ request, snapshot: snapshot.value });
}
