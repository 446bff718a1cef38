import type { Cause, Change } from '../../model/plan.ts';
import type { ObjectState, ResourceState } from '../../model/state.ts';
import { keepUnchanged, makeChange } from './change.ts';
import { describeWorkload } from './cause.ts';
import { describeState } from './plan-resource.ts';
import type { RemovedNode } from './removed-nodes.ts';
import type { BuildPlanRequest } from './request.ts';
import { concealSecretData } from './show-value.ts';

/** What becomes of a node that is not needed any more, and of its objects. */
export type Farewell = 'delete' | 'retain' | 'stay';

/**
 * Says whether a node that is not needed any more goes.
 * Rule: workloads go; a resource goes unless it is stateful or its definition says to retain it, and then too if the command named it.
 * One that is retained already stays so.
 */
export function decideFarewell(node: RemovedNode, request: BuildPlanRequest): Farewell {
  const { deleteResources, destroys } = request.command;
  if (node.kind === 'workload' || destroys === 'all' || deleteResources.includes(node.uid)) return 'delete';
  if (node.last.status === 'retained') return 'stay';
  return node.last.isStateful || node.last.onRemove === 'retain' ? 'retain' : 'delete';
}

export function planRemovedNode(node: RemovedNode, farewell: Farewell, request: BuildPlanRequest): Change {
  const cause = findCause(node, request);
  if (node.kind === 'resource') return planRemovedResource(node.last, farewell, cause);
  const last = request.state.workloads[node.name];
  return makeChange({
    subject: { kind: 'workload', name: node.name },
    action: 'delete',
    cause,
    reason: explainRemoval(node, request),
    before: last && { profile: last.profile, spec: describeWorkload(last.declared) },
  });
}

function explainRemoval({ isNamed }: RemovedNode, { command }: BuildPlanRequest): string {
  if (command.destroys) return 'the environment is destroyed';
  return isNamed ? 'the command removes it' : 'it is not among the workloads that are the whole now';
}

function planRemovedResource(last: ResourceState, farewell: Farewell, cause: Cause): Change {
  const subject = { kind: 'resource', uid: last.uid } as const;
  const before = describeState(last);
  switch (farewell) {
    case 'stay':
      return keepUnchanged(subject, 'it is retained');
    case 'retain': {
      const why = last.isStateful ? 'it holds data' : 'its definition says so';
      return makeChange({ subject, action: 'retain', cause, reason: `nothing needs it any more; it is kept, for ${why}`, before });
    }
    default:
      return makeChange({ subject, action: 'delete', cause, reason: 'nothing needs it any more', before });
  }
}

/** Why a node goes: because it was named, because a spec changed, or because the platform did. */
export function findCause(node: RemovedNode, { command, changed }: BuildPlanRequest): Cause {
  if (node.isNamed || node.kind === 'workload' || command.isWhole) return 'request';
  return changed.isReleaseChanged ? 'platform' : 'spec';
}

/** An object of the inventory that nothing renders any more. */
export interface LeavingObject {
  readonly last: ObjectState;
  readonly farewell: Farewell;
  readonly cause: Cause;
  readonly request: BuildPlanRequest;
}

/** Says what becomes of an object that nothing renders any more. PersistentVolumeClaims are pruned only where everything is destroyed. */
export function planLeavingObject({ last, farewell, cause, request }: LeavingObject): Change {
  const subject = { kind: 'object', key: last.key, node: last.node } as const;
  const before = concealSecretData(last.body);
  if (farewell === 'stay') return keepUnchanged(subject, 'it is retained');
  if (farewell === 'retain') return makeChange({ subject, action: 'retain', cause, reason: 'its resource is retained', before });
  if (!isClaim(last) || request.command.destroys === 'all')
    return makeChange({ subject, action: 'delete', cause, reason: 'nothing renders it any more', before });
  return makeChange({ subject, action: 'retain', cause, reason: 'claims of volumes are never pruned, for they hold data', before });
}

/** Says whether an object is one that tutti never prunes. */
export function isClaim({ body }: ObjectState): boolean {
  return body['kind'] === 'PersistentVolumeClaim';
}
