import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { ResourceNode } from '../../model/graph.ts';
import type { Change } from '../../model/plan.ts';
import type { RenderedObject } from '../../model/rendering.ts';
import type { EnvironmentState, ResourceState } from '../../model/state.ts';
import type { DesiredIndex } from './desired-index.ts';
import { diffValues } from './diff-values.ts';
import type { BuildPlanRequest, Desired } from './request.ts';
import { listInventory, listResources } from './state-lists.ts';

/** Says what is wrong with what shall be planned; errors stop the plan. */
export function checkRequest(request: BuildPlanRequest, index: DesiredIndex): readonly Diagnostic[] {
  return [
    ...checkEmptiness(request, index),
    ...checkTarget(request),
    ...checkDuplicates(request, index),
    ...checkOwners(request, index),
    ...checkNamed(request),
  ];
}

function checkEmptiness({ state, command }: BuildPlanRequest, index: DesiredIndex): readonly Diagnostic[] {
  const before = listInventory(state).length;
  if (index.total > 0 || before === 0 || command.destroys) return [];
  const areAllNamed = Object.keys(state.workloads).every((name) => command.remove.includes(name));
  if (areAllNamed) return [];
  return [
    diagnose('T4001', {
      detail: `Nothing was rendered, but the environment has ${before} objects; deploying this would delete them all. To remove its workloads, name them: \`--remove NAME\`.`,
    }),
  ];
}

function checkTarget({ state, target }: BuildPlanRequest): readonly Diagnostic[] {
  const bound = state.target;
  if (!bound) return [];
  if (bound.name !== target.name || bound.type !== target.type) {
    const detail = `The environment is deployed to the target "${bound.name}" (${bound.type}), and matching now says "${target.name}" (${target.type}). It stays where it is until \`tutti rebind\` says adopt, migrate or replace.`;
    return [diagnose('T4004', { detail })];
  }
  const fields = diffValues(bound.inputs, target.inputs).map(({ path }) => path.slice(1));
  if (fields.length === 0) return [];
  return [
    diagnose('T4009', {
      detail: `Inputs of the target "${target.name}" are not what the environment was deployed with: ${fields.join(', ')}. What lies at the old place is not removed.`,
    }),
  ];
}

/**
 * Says which stateful resources would be bound anew without the command having named them.
 * Shape: takes the changes of the plan that do anything.
 */
export function checkBindings(request: BuildPlanRequest, changes: readonly Change[]): readonly Diagnostic[] {
  const { state, desired, command, graph } = request;
  return changes.flatMap(({ subject, action }) => {
    if (subject.kind !== 'resource' || action !== 'rebind' || command.rebind.includes(subject.uid)) return [];
    const [last, node] = [state.resources[subject.uid], graph.nodes[subject.uid]];
    const isStateful = last?.isStateful === true || desired.resources[subject.uid]?.isStateful === true;
    return isStateful && last && node?.kind === 'resource' ? [refuseBinding(node, last)] : [];
  });
}

function refuseBinding(node: ResourceNode, last: ResourceState): Diagnostic {
  const chosen = node.rebind?.name ?? node.match.name;
  const detail = `"${node.uid}" holds data and was provisioned by the definition "${last.definition.name}"; matching now says "${chosen}". Let the definition match as before, or name the resource in \`tutti rebind\`.`;
  return diagnose('T4003', { detail, place: node.needs[0]?.need.place });
}

function checkDuplicates({ desired, state }: BuildPlanRequest, index: DesiredIndex): readonly Diagnostic[] {
  const { objects, total } = index;
  const twice = total === objects.size ? [] : listObjects(desired).filter((object) => objects.get(object.key) !== object);
  const conflicts = [
    ...twice.map((object) => ({ object, other: objects.get(object.key)?.node ?? object.node })),
    ...listRetainedConflicts(state, index, desired),
  ];
  return conflicts.map(({ object, other }) =>
    diagnose('T4002', {
      detail:
        other === object.node
          ? `"${other}" renders ${object.key} twice.`
          : `${object.key} belongs to "${other}" and to "${object.node}". Give one of them another name; \`\${resource.slug}\` is unique.`,
    }),
  );
}

function listObjects({ objects, resources, workloads }: Desired): readonly RenderedObject[] {
  return [
    ...objects,
    ...Object.values(resources).flatMap((desire) => desire.objects),
    ...Object.values(workloads).flatMap((desire) => desire.objects),
  ];
}

function listRetainedConflicts(state: EnvironmentState, { objects }: DesiredIndex, { resources }: Desired) {
  const { retained } = listResources(state);
  if (retained.size === 0) return [];
  return listInventory(state).flatMap((last) => {
    const object = retained.has(last.node) && !Object.hasOwn(resources, last.node) ? objects.get(last.key) : undefined;
    return object ? [{ object, other: last.node }] : [];
  });
}

function checkOwners({ observation, state, command }: BuildPlanRequest, index: DesiredIndex): readonly Diagnostic[] {
  if (!observation || observation.foreign.length === 0 || command.adopts === true) return [];
  const keys = new Map<string, RenderedObject>(index.objects);
  return observation.foreign.flatMap(({ key, owner }) => {
    const object = keys.get(key);
    if (!object || Object.hasOwn(state.objects, object.key)) return [];
    const who = owner === undefined ? 'tutti did not make it' : `it belongs to ${owner}`;
    return [
      diagnose('T4005', {
        detail: `"${object.node}" would write ${key}, which is there already, and ${who}. Remove it, or use another name or namespace.`,
      }),
    ];
  });
}

function checkNamed({ state, desired, command }: BuildPlanRequest): readonly Diagnostic[] {
  const resources = command.deleteResources.flatMap((uid) => {
    if (Object.hasOwn(desired.resources, uid)) {
      return [diagnose('T4006', { detail: `"${uid}" is still needed. Remove what needs it first.` })];
    }
    if (Object.hasOwn(state.resources, uid)) return [];
    const meant = didYouMean(uid, Object.keys(state.resources));
    return [diagnose('T4007', { detail: `The environment has no resource "${uid}".${meant}` })];
  });
  const workloads = command.remove
    .filter((name) => !Object.hasOwn(state.workloads, name))
    .map((name) =>
      diagnose('T4008', { detail: `The environment has no workload "${name}".${didYouMean(name, Object.keys(state.workloads))}` }),
    );
  return [...resources, ...workloads];
}
