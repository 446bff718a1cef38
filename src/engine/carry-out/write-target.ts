import {
  hasErrors,
  isEffective,
  listKeptObjects,
  type Change,
  type Diagnostic,
  type ObjectKey,
  type ObjectState,
  type Outcome,
  type RenderedObject,
  type ResourceState,
  type StepResult,
  type TargetReceipt,
  type TargetRequest,
  type TargetWrite,
  type Uid,
  type WorkloadState,
} from '../../core/index.ts';
import { describeNothing, lendSecrets } from '../prepare/driver-request.ts';
import { listObjects, targetRequest } from '../prepare/prepare.ts';
import { OperationError } from '../operation-error.ts';
import type { Run } from './carry-out.ts';
import { deliverSecrets } from './deliver-secrets.ts';
import { describeFailure } from './describe-failure.ts';
import { record, resourceChanges } from './provision.ts';

/**
 * Writes the objects of a plan to the target, and takes leave of what goes.
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
  await record(run, mergeSteps([...endWorkloads(run), ...shrinkInventory(run, rendered, write)]));
  const farewell = await sayFarewell(run);
  return hasErrors(farewell) ? { diagnostics: farewell } : { value: applied.value, diagnostics: [...applied.diagnostics, ...farewell] };
}

function describeWrite(run: Run, desired: readonly RenderedObject[]): TargetWrite {
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
  const { deployment, loaded, prepared } = run;
  const base = targetRequest(run.dependencies, loaded.inputs, prepared, loaded.revealing);
  const request: TargetRequest = {
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
  try {
    return await prepared.bound.target.apply(request, write);
  } catch (error) {
    if (run.slot.isLost()) throw error;
    return { diagnostics: [describeFailure(error)] };
  }
}

/** New objects enter the inventory before they are written; those that are there keep their last known form till then. */
function growInventory(run: Run, rendered: readonly RenderedObject[]): readonly StepResult[] {
  const known = run.loaded.inputs.state.objects;
  const fresh = rendered.filter((object) => !Object.hasOwn(known, object.key));
  return groupByNode(fresh).map(([node, objects]) => ({
    subject: subjectOf(run, node),
    status: 'running',
    objects: Object.fromEntries(objects.map((object) => [object.key, { ...stateOf(object), hash: '' }])),
  }));
}

function shrinkInventory(run: Run, rendered: readonly RenderedObject[], write: TargetWrite): readonly StepResult[] {
  const known = run.loaded.inputs.state.objects;
  const changed = rendered.filter((object) => known[object.key]?.hash !== object.hash);
  const grown = groupByNode(changed).map(([node, objects]): StepResult => ({
    subject: subjectOf(run, node),
    status: 'done',
    detail: 'written',
    objects: Object.fromEntries(objects.map((object) => [object.key, stateOf(object)])),
  }));
  const gone = write.removed.map((key): StepResult => {
    const node = known[key]?.node;
    const subject = node === undefined ? missingObject(key) : ({ kind: 'object', key, node } as const);
    return { subject, status: 'done', detail: 'removed', objects: { [key]: null } };
  });
  return [...grown, ...gone];
}

function missingObject(key: ObjectKey): never {
  throw new OperationError('unknown-object', `${key} is to be removed, but is not in the inventory`);
}

function stateOf({ key, node, hash, body }: RenderedObject): ObjectState {
  return { key, node, hash, body };
}

function groupByNode(objects: readonly RenderedObject[]): readonly (readonly [Uid, readonly RenderedObject[]])[] {
  const groups = new Map<Uid, RenderedObject[]>();
  for (const object of objects) groups.set(object.node, [...(groups.get(object.node) ?? []), object]);
  return [...groups];
}

function subjectOf(run: Run, node: Uid): StepResult['subject'] {
  const found = run.prepared.graph.nodes[node];
  if (found?.kind === 'workload') return { kind: 'workload', name: found.workload };
  const [own] = found ? [] : run.prepared.loose;
  return own ? { kind: 'object', key: own.key, node } : { kind: 'resource', uid: node };
}

/** One step a subject: what is said of it twice is put together. */
function mergeSteps(steps: readonly StepResult[]): readonly StepResult[] {
  const merged = new Map<string, StepResult>();
  for (const step of steps) {
    const key = JSON.stringify(step.subject);
    const known = merged.get(key);
    merged.set(key, known ? { ...known, ...step, ...(known.objects && { objects: { ...known.objects, ...step.objects } }) } : step);
  }
  return [...merged.values()];
}

function workloadChanges(run: Run): readonly Change[] {
  return run.prepared.plan.changes.filter((change) => change.subject.kind === 'workload' && isEffective(change));
}

function workloadSteps(run: Run, status: StepResult['status'], state: WorkloadState['status']): readonly StepResult[] {
  return workloadChanges(run).flatMap((change): readonly StepResult[] => {
    if (change.subject.kind !== 'workload') return [];
    const { name } = change.subject;
    const next = describeWorkload(run, name, state);
    return [{ subject: change.subject, status, ...(next && { workloads: { [name]: next } }) }];
  });
}

function describeWorkload(run: Run, name: string, status: WorkloadState['status']): WorkloadState | undefined {
  const desired = run.prepared.workloads.find(({ declared }) => declared.name === name);
  const node = Object.values(run.prepared.graph.nodes).find((each) => each.kind === 'workload' && each.workload === name);
  if (!desired || node?.kind !== 'workload') return undefined;
  return {
    name,
    declared: desired.declared,
    ...(desired.text !== undefined && { text: desired.text }),
    profile: node.match.name,
    status,
    dependsOn: node.dependsOn,
  };
}

function beginWorkloads(run: Run): readonly StepResult[] {
  // The old declaration stays the known one until the new one is written.
  return workloadChanges(run).map((change) => ({ subject: change.subject, status: 'running' }));
}

function failWorkloads(run: Run, diagnostics: readonly Diagnostic[]): readonly StepResult[] {
  return workloadChanges(run).map((change) => ({ subject: change.subject, status: 'failed', diagnostics }));
}

function endWorkloads(run: Run): readonly StepResult[] {
  const removed = workloadChanges(run).flatMap((change): readonly StepResult[] => {
    const isGone = change.subject.kind === 'workload' && change.action === 'delete';
    return isGone && change.subject.kind === 'workload'
      ? [{ subject: change.subject, status: 'done', detail: 'removed', workloads: { [change.subject.name]: null } }]
      : [];
  });
  const kept = workloadSteps(run, 'done', 'ready').filter((step) => step.workloads !== undefined);
  return [...kept, ...removed];
}

/** Resources that nothing needs any more: deprovisioned or retained, dependents first, as the plan lists them. */
async function sayFarewell(run: Run): Promise<readonly Diagnostic[]> {
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
