import type { ObjectKey, ObjectState, RenderedObject, StepResult, TargetReceipt, Uid } from '../../core/index.ts';
import { OperationError } from '../operation-error.ts';
import type { Run } from './carry-out.ts';

/** New objects enter the inventory before they are written; those that are there keep their last known form till then. */
export function growInventory(run: Run, rendered: readonly RenderedObject[]): readonly StepResult[] {
  const known = run.loaded.inputs.state.objects;
  const fresh = rendered.filter((object) => !Object.hasOwn(known, object.key));
  return groupByNode(fresh).map(([node, objects]) => ({
    subject: subjectOf(run, node),
    status: 'running',
    objects: Object.fromEntries(objects.map((object) => [object.key, { ...stateOf(object), hash: '' }])),
  }));
}

/** What was written, with what its target wants to know again. */
export function settleInventory(
  run: Run,
  written: readonly RenderedObject[],
  { memory }: Pick<TargetReceipt, 'memory'>,
): readonly StepResult[] {
  const known = run.loaded.inputs.state.objects;
  const changed = written.filter(({ key, hash }) => known[key]?.hash !== hash || (memory && Object.hasOwn(memory, key)));
  return groupByNode(changed).map(([node, objects]): StepResult => ({
    subject: subjectOf(run, node),
    status: 'done',
    detail: 'written',
    objects: Object.fromEntries(objects.map((object) => [object.key, { ...stateOf(object, memory), ...keepAccepted(known[object.key]) }])),
  }));
}

/** What is confirmed to be gone. */
export function shrinkInventory(run: Run, removed: readonly ObjectKey[]): readonly StepResult[] {
  const known = run.loaded.inputs.state.objects;
  return removed.map((key): StepResult => {
    const node = known[key]?.node;
    const subject = node === undefined ? missingObject(key) : ({ kind: 'object', key, node } as const);
    return { subject, status: 'done', detail: 'removed', objects: { [key]: null } };
  });
}

function missingObject(key: ObjectKey): never {
  throw new OperationError('unknown-object', `${key} is to be removed, but is not in the inventory`);
}

/** What was accepted of an object stays accepted. */
function keepAccepted(last: ObjectState | undefined): Pick<ObjectState, 'accepted'> {
  return last?.accepted ? { accepted: last.accepted } : {};
}

function stateOf({ key, node, hash, body }: RenderedObject, memory?: TargetReceipt['memory']): ObjectState {
  const own = memory?.[key];
  return { key, node, hash, body, ...(own && { memory: own }) };
}

function groupByNode(objects: readonly RenderedObject[]): readonly (readonly [Uid, readonly RenderedObject[]])[] {
  const groups = new Map<Uid, RenderedObject[]>();
  for (const object of objects) groups.set(object.node, [...(groups.get(object.node) ?? []), object]);
  return [...groups];
}

function subjectOf(run: Run, node: Uid): StepResult['subject'] {
  const found = run.prepared.graph.nodes[node];
  if (found?.kind === 'workload') return { kind: 'workload', name: found.workload };
  const own = found ? undefined : run.prepared.loose.find((object) => object.node === node);
  return own ? { kind: 'object', key: own.key, node } : { kind: 'resource', uid: node };
}

/** One step a subject: what is said of it twice is put together. */
export function mergeSteps(steps: readonly StepResult[]): readonly StepResult[] {
  const merged = new Map<string, StepResult>();
  for (const step of steps) {
    const key = JSON.stringify(step.subject);
    const known = merged.get(key);
    merged.set(key, known ? { ...known, ...step, ...(known.objects && { objects: { ...known.objects, ...step.objects } }) } : step);
  }
  return [...merged.values()];
}
