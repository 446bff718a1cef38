import {
  hasErrors,
  isEffective,
  listKeptObjects,
  type ObjectKey,
  type Outcome,
  type RenderedObject,
  type TargetReceipt,
  type TargetRequest,
  type TargetWrite,
} from '../../core/index.ts';
import { listObjects, targetRequest } from '../prepare/prepare.ts';
import type { Run } from './carry-out.ts';
import { deliverSecrets } from './deliver-secrets.ts';
import { describeFailure } from './describe-failure.ts';
import { sayFarewell } from './farewell.ts';
import { growInventory, mergeSteps, settleInventory, shrinkInventory } from './inventory.ts';
import { record } from './provision.ts';
import { beginWorkloads, endWorkloads, failWorkloads } from './workload-steps.ts';

/**
 * Writes all objects of a plan to the target at once, and takes leave of what goes.
 * Rule: the inventory is grown before anything is written, and shrunk after it is confirmed gone, so that a crash in
 * between loses track of nothing (domain.md §7).
 */
export async function writeTarget(run: Run): Promise<Outcome<TargetReceipt>> {
  const rendered = listObjects(run.prepared);
  const kept = listKeptObjects(run.prepared.plan, run.loaded.inputs.state, rendered);
  const write = describeWrite(run, [...rendered, ...kept]);
  await record(run, mergeSteps([...beginWorkloads(run), ...growInventory(run, rendered)]));
  await deliverSecrets(run);
  const applied = await apply(run, write);
  if (!applied.value) {
    await record(run, failWorkloads(run, applied.diagnostics));
    return applied;
  }
  const steps = [...settleInventory(run, rendered, applied.value), ...shrinkInventory(run, write.removed)];
  await record(run, mergeSteps([...endWorkloads(run), ...steps]));
  const farewell = await sayFarewell(run);
  return hasErrors(farewell) ? { diagnostics: farewell } : { value: applied.value, diagnostics: [...applied.diagnostics, ...farewell] };
}

export function describeWrite(run: Run, desired: readonly RenderedObject[]): TargetWrite {
  const changed: ObjectKey[] = [];
  const removed: ObjectKey[] = [];
  for (const change of run.prepared.plan.changes) {
    if (change.subject.kind !== 'object' || !isEffective(change)) continue;
    if (change.action === 'delete') removed.push(change.subject.key);
    else if (change.action !== 'retain') changed.push(change.subject.key);
  }
  return { desired, changed, removed };
}

async function apply(run: Run, write: TargetWrite): Promise<Outcome<TargetReceipt>> {
  const request = describeTargetRequest(run);
  return callTarget(run, () => run.prepared.bound.target.apply(request, write));
}

/** What the target of a deployment is told while it writes. */
export function describeTargetRequest(run: Run): TargetRequest {
  const { deployment, loaded, prepared } = run;
  const base = targetRequest(run.dependencies, loaded.inputs, prepared, loaded.revealing);
  return {
    ...base,
    signal: run.slot.signal,
    deployment: {
      ...base.deployment,
      id: deployment.id,
      number: deployment.number,
      requester: deployment.requester,
      plan: prepared.plan.digest,
      startedAt: run.dependencies.clock.now(),
    },
  };
}

/** What a target throws is a problem of the deployment, unless the lease is lost: then nobody may write any more. */
export async function callTarget<T>(run: Run, call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await call();
  } catch (error) {
    if (run.slot.isLost()) throw error;
    return { diagnostics: [describeFailure(error)] };
  }
}
