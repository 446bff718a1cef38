import { hasErrors, type Diagnostic, type ResourceState } from '../../core/index.ts';
import { OperationError } from '../operation-error.ts';
import { describeNothing, lendSecrets } from '../prepare/driver-request.ts';
import type { Run } from './carry-out.ts';
import { record, resourceChanges } from './provision.ts';

/** Resources that nothing needs any more: deprovisioned or retained, dependents first, as the plan lists them. */
export async function sayFarewell(run: Run): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const [uid, change] of resourceChanges(run)) {
    const last = run.loaded.inputs.state.resources[uid];
    if (!last) continue;
    if (change.action === 'retain') await retain(run, last);
    if (change.action === 'delete') diagnostics.push(...(await deprovision(run, last)));
  }
  return diagnostics;
}

async function retain(run: Run, last: ResourceState): Promise<void> {
  const subject = { kind: 'resource', uid: last.uid } as const;
  await record(run, [{ subject, status: 'done', detail: 'retained', resources: { [last.uid]: { ...last, status: 'retained' } } }]);
}

async function deprovision(run: Run, last: ResourceState): Promise<readonly Diagnostic[]> {
  const subject = { kind: 'resource', uid: last.uid } as const;
  const load = run.dependencies.drivers[last.driver];
  if (!load) throw new OperationError('driver-missing', `there is no driver "${last.driver}" to remove ${last.uid} with`);
  await record(run, [{ subject, status: 'running', resources: { [last.uid]: { ...last, status: 'deprovisioning' } } }]);
  const driver = await load();
  const outcome = await driver.deprovision({
    context: run.prepared.bound.context,
    resource: { uid: last.uid, type: last.type, class: last.class, id: last.id, guid: '', name: last.id, slug: '', metadata: {} },
    params: {},
    inputs: last.inputs,
    state: last.state,
    shared: run.loaded.inputs.state.shared ?? {},
    surroundings: describeNothing(run.prepared.bound.namespace),
    secrets: lendSecrets(last.uid, run.loaded.inputs),
    signal: run.slot.signal,
  });
  if (hasErrors(outcome.diagnostics)) {
    await record(run, [{ subject, status: 'failed', diagnostics: outcome.diagnostics }]);
    return outcome.diagnostics;
  }
  await record(run, [{ subject, status: 'done', detail: 'removed', resources: { [last.uid]: null } }]);
  return outcome.diagnostics;
}
