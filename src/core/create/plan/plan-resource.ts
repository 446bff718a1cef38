import { digestOf } from '../../model/digest.ts';
import type { ResourceNode } from '../../model/graph.ts';
import type { Action, Cause, Change, Subject } from '../../model/plan.ts';
import type { ResourceState } from '../../model/state.ts';
import type { Value, ValueObject } from '../../model/value.ts';
import { doubtChange, findMoved, keepUnchanged, makeChange } from './change.ts';
import type { ResourceDesire } from './request.ts';

export interface ResourceCase {
  readonly node: ResourceNode;
  readonly desire: ResourceDesire;
  readonly last: ResourceState | undefined;
  readonly cause: Cause;
  /** What becomes of its objects. */
  readonly objects: readonly Change[];
}

/** Says what becomes of a resource that the graph has. */
export function planResource({ node, desire, last, cause, objects }: ResourceCase): Change {
  const moved = findMoved(objects);
  const subject: Subject = { kind: 'resource', uid: node.uid };
  const decision = decideAction({ node, desire, last, cause, moved });
  if (!decision) return keepUnchanged(subject, 'its inputs are the same');
  const change = makeChange({
    subject,
    cause,
    ...decision,
    before: last && describe({ definition: last.definition.name, driver: last.driver, inputs: last.inputs }),
    after: describe({ definition: node.match.name, driver: desire.driver, inputs: desire.inputs }),
    hash: digestOf([node.match.name, desire.driver, desire.inputsDigest]),
  });
  return moved && moved.action !== 'unknown' ? change : doubtChange(change);
}

interface Decision {
  readonly action: Action;
  readonly reason: string;
  readonly cause?: Cause;
}

interface DecisionCase extends Omit<ResourceCase, 'objects'> {
  readonly moved: Change | undefined;
}

function decideAction(each: DecisionCase): Decision | undefined {
  const { node, desire, last, moved } = each;
  if (!last) return { action: 'create', reason: describeNeed(node) };
  const bound = decideBinding(each, last);
  if (bound) return bound;
  if (last.status === 'retained') return { action: 'update', reason: 'it was retained and is needed again' };
  if (last.status !== 'ready') return { action: 'update', cause: 'request', reason: 'its last provisioning did not finish' };
  if (last.inputsDigest !== desire.inputsDigest) return { action: 'update', reason: 'its inputs change' };
  if (!moved) return undefined;
  const action = moved.action === 'unknown' ? 'unknown' : 'update';
  return { action, cause: moved.cause, reason: `its objects change: ${moved.reason}` };
}

function decideBinding({ node, desire }: DecisionCase, last: ResourceState): Decision | undefined {
  const chosen = node.rebind?.name ?? node.match.name;
  if (last.definition.name !== chosen) {
    return { action: 'rebind', cause: 'platform', reason: `it moves from the definition "${last.definition.name}" to "${chosen}"` };
  }
  if (last.driver === desire.driver) return undefined;
  return { action: 'replace', cause: 'platform', reason: `its driver changes from "${last.driver}" to "${desire.driver}"` };
}

function describeNeed({ needs }: ResourceNode): string {
  const [first] = needs;
  if (!first) return 'another resource needs it';
  const others = needs.length > 1 ? ` and ${needs.length - 1} more` : '';
  return `${first.owner.kind === 'environmentType' ? 'environment type' : first.owner.kind} "${first.owner.name}"${others} needs it`;
}

/** Without manifests: the objects of the node show them. */
function describe(resource: { readonly definition: string; readonly driver: string; readonly inputs: ValueObject }): Value {
  const { manifests: _manifests, ...inputs } = resource.inputs;
  return { definition: resource.definition, driver: resource.driver, inputs };
}

/** A resource as it was, for changes that leave nothing of it. */
export function describeState(state: ResourceState): Value {
  return describe({ definition: state.definition.name, driver: state.driver, inputs: state.inputs });
}
