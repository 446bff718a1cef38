import type { Brake, Change, Subject } from '../../model/plan.ts';
import type { BuildPlanRequest } from './request.ts';
import { listInventory } from './state-lists.ts';

const shareMax = 0.3;

/** A change together with whether the command named what it is about. */
export interface NamedChange {
  readonly change: Change;
  readonly isNamed: boolean;
}

/**
 * Lists what must be confirmed before a plan is carried out.
 * Rule: deletions of objects that the command did not name, as soon as they are more than one or 30 % of the environment's objects, whichever is
 * more; the destruction of an environment, the deletion or replacement of a stateful resource, and going back over what cannot be undone, always.
 * Source: domain.md §6.
 */
export function listBrakes(removed: readonly NamedChange[], kept: readonly Change[], request: BuildPlanRequest): readonly Brake[] {
  const unnamed = removed.filter(({ change, isNamed }) => !isNamed && change.subject.kind === 'object' && change.action === 'delete');
  const stateful = [...removed.map(({ change }) => change), ...kept].filter((change) => isLossOfData(change, request));
  const deletions = request.command.destroys ? brakeDestruction(removed) : brakeDeletions(unnamed, request);
  return [...deletions, ...brakeStateful(stateful), ...brakeIrreversible(request)];
}

/** The database of today may be nothing that the program of yesterday can work with. */
function brakeIrreversible({ command: { crosses = [] } }: BuildPlanRequest): readonly Brake[] {
  if (crosses.length === 0) return [];
  return [
    { kind: 'irreversible', subjects: [], reason: `the environment would go back over what cannot be undone: ${crosses.join(', ')}` },
  ];
}

/** Whoever destroys an environment says so twice. */
function brakeDestruction(removed: readonly NamedChange[]): readonly Brake[] {
  const gone = removed.map(({ change }) => change).filter(({ action }) => action === 'delete');
  if (gone.length === 0) return [];
  const objects = gone.filter(({ subject }) => subject.kind === 'object').length;
  const reason = `the environment is destroyed: ${objects} object${objects === 1 ? '' : 's'} would be deleted`;
  return [{ kind: 'deletions', subjects: gone.map(({ subject }) => subject), reason }];
}

function brakeDeletions(unnamed: readonly NamedChange[], { state }: BuildPlanRequest): readonly Brake[] {
  if (unnamed.length <= 1) return [];
  const total = listInventory(state).length;
  if (unnamed.length <= shareMax * total) return [];
  const reason = `${unnamed.length} of ${total} objects would be deleted without the command having named them`;
  return [{ kind: 'deletions', subjects: unnamed.map(({ change }) => change.subject), reason }];
}

function brakeStateful(changes: readonly Change[]): readonly Brake[] {
  if (changes.length === 0) return [];
  const subjects: readonly Subject[] = changes.map(({ subject }) => subject);
  const names = changes.map(({ subject, action }) => (subject.kind === 'resource' ? `${subject.uid} (${action})` : ''));
  return [{ kind: 'stateful', subjects, reason: `data would be lost: ${names.join(', ')}` }];
}

function isLossOfData({ subject, action }: Change, { state }: BuildPlanRequest): boolean {
  if (subject.kind !== 'resource' || !['delete', 'replace', 'rebind'].includes(action)) return false;
  return state.resources[subject.uid]?.isStateful ?? false;
}
