import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { diagnose } from '../../diagnostics/report.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { ResourceNode } from '../../model/graph.ts';
import type { ObjectKey, RenderedObject } from '../../model/rendering.ts';
import type { ResourceState } from '../../model/state.ts';
import { diffValues } from './diff-values.ts';
import type { BuildPlanRequest } from './request.ts';

type ObjectIndex = ReadonlyMap<ObjectKey, RenderedObject>;

/** Says what is wrong with what shall be planned; errors stop the plan. */
export function checkRequest(request: BuildPlanRequest, objects: ObjectIndex): readonly Diagnostic[] {
  return [
    ...checkEmptiness(request, objects),
    ...checkTarget(request),
    ...checkBindings(request),
    ...checkDuplicates(request, objects),
    ...checkOwners(request, objects),
    ...checkNamed(request),
  ];
}

function checkEmptiness({ state, command }: BuildPlanRequest, objects: ObjectIndex): readonly Diagnostic[] {
  const before = Object.keys(state.objects).length;
  if (objects.size > 0 || before === 0) return [];
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

function checkBindings(request: BuildPlanRequest): readonly Diagnostic[] {
  const { state, graph } = request;
  return Object.values(state.resources).flatMap((last) => {
    const node = graph.nodes[last.uid];
    const chosen = node?.kind === 'resource' ? (node.rebind?.name ?? node.match.name) : last.definition.name;
    return node?.kind !== 'resource' || chosen === last.definition.name ? [] : checkBinding(node, last, request);
  });
}

function checkBinding(node: ResourceNode, last: ResourceState, { desired, command }: BuildPlanRequest): readonly Diagnostic[] {
  const chosen = node.rebind?.name ?? node.match.name;
  if (command.rebind.includes(node.uid)) return [];
  if (!last.isStateful && desired.resources[node.uid]?.isStateful !== true) return [];
  const detail = `"${node.uid}" holds data and was provisioned by the definition "${last.definition.name}"; matching now says "${chosen}". Let the definition match as before, or name the resource in \`tutti rebind\`.`;
  return [diagnose('T4003', { detail, place: node.needs[0]?.need.place })];
}

function checkDuplicates({ desired, state }: BuildPlanRequest, objects: ObjectIndex): readonly Diagnostic[] {
  const all = [desired.objects, ...Object.values(desired.resources).map(ownObjects), ...Object.values(desired.workloads).map(ownObjects)];
  let count = 0;
  for (const own of all) count += own.length;
  const twice = count === objects.size ? [] : all.flat().filter((object) => objects.get(object.key) !== object);
  const retained = Object.values(state.resources).filter(
    ({ uid, status }) => status === 'retained' && !Object.hasOwn(desired.resources, uid),
  );
  const inTheWay = retained.length === 0 ? [] : listRetainedConflicts(state.objects, objects, new Set(retained.map(({ uid }) => uid)));
  return [...twice.map((object) => ({ object, other: objects.get(object.key)?.node ?? object.node })), ...inTheWay].map(
    ({ object, other }) =>
      diagnose('T4002', {
        detail:
          other === object.node
            ? `"${other}" renders ${object.key} twice.`
            : `${object.key} belongs to "${other}" and to "${object.node}". Give one of them another name; \`\${resource.slug}\` is unique.`,
      }),
  );
}

function ownObjects(desire: { readonly objects: readonly RenderedObject[] }): readonly RenderedObject[] {
  return desire.objects;
}

function listRetainedConflicts(state: BuildPlanRequest['state']['objects'], objects: ObjectIndex, retained: ReadonlySet<string>) {
  return Object.values(state).flatMap((last) => {
    const object = retained.has(last.node) ? objects.get(last.key) : undefined;
    return object ? [{ object, other: last.node }] : [];
  });
}

function checkOwners({ observation, state }: BuildPlanRequest, objects: ObjectIndex): readonly Diagnostic[] {
  if (!observation || observation.foreign.length === 0) return [];
  const keys = new Map<string, RenderedObject>(objects);
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
