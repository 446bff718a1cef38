import { canonicalJson, digestOf } from '../../model/digest.ts';
import type { ResourceNode } from '../../model/graph.ts';
import type { Cause } from '../../model/plan.ts';
import type { ResourceState } from '../../model/state.ts';
import type { Json } from '../../model/value.ts';
import type { DeclaredWorkload } from '../../model/workload.ts';
import type { BuildPlanRequest } from './request.ts';

/** Why nodes change, worked out once per plan. */
export interface Causes {
  workload(name: string): Cause;
  resource(node: ResourceNode, last: ResourceState | undefined): Cause;
  /** Of what no spec and no definition of its own explains. */
  readonly other: Cause;
}

/**
 * Works out why things change.
 * Rule: a workload by its own spec (by its images alone: image); a resource by its definition, else by the specs of the workloads that need it;
 * everything else by the platform release if that changed, else by the values, else by whatever spec changed, else by the request.
 */
export function findCauses(request: BuildPlanRequest): Causes {
  const { state, desired, changed } = request;
  const causes = new Map<string, Cause>();
  for (const { declared } of Object.values(desired.workloads)) {
    const { name } = declared;
    const cause = compareSpecs(Object.hasOwn(state.workloads, name) ? state.workloads[name]?.declared : undefined, declared);
    if (cause) causes.set(name, cause);
  }
  const other = findOther({ ...changed, isSpecChanged: causes.size > 0 });
  return {
    other,
    workload: (name) => causes.get(name) ?? other,
    resource: (node, last) => {
      if (last && last.definition.digest !== node.match.digest) return 'platform';
      if (!last && !node.needs.some(({ owner }) => owner.kind === 'workload')) return 'platform';
      return last && !node.needs.some(({ owner }) => owner.kind === 'workload' && causes.has(owner.name)) ? other : 'spec';
    },
  };
}

function findOther(changed: BuildPlanRequest['changed'] & { readonly isSpecChanged: boolean }): Cause {
  if (changed.isReleaseChanged) return 'platform';
  if (changed.areValuesChanged) return 'values';
  return changed.isSpecChanged ? 'spec' : 'request';
}

function compareSpecs(before: DeclaredWorkload | undefined, after: DeclaredWorkload): Cause | undefined {
  if (!before) return 'spec';
  if (before.digest === after.digest) return undefined;
  return digestOf(withoutImages(before)) === digestOf(withoutImages(after)) ? 'image' : 'spec';
}

function withoutImages(declared: DeclaredWorkload): object {
  const containers = Object.entries(declared.containers).map(([name, container]) => [name, { ...container, image: '' }]);
  return describeParts({ ...declared, containers: Object.fromEntries(containers) });
}

function describeParts({ metadata, annotations, ports, containers, needs }: DeclaredWorkload): object {
  const described = Object.entries(needs).map(([name, { place: _place, ...need }]) => [name, need]);
  return { metadata, annotations, ports, containers, needs: Object.fromEntries(described) };
}

/** A workload as a plan shows it: without the places where it was read. */
export function describeWorkload(declared: DeclaredWorkload): Json {
  const described: Json = JSON.parse(canonicalJson(describeParts(declared)));
  return described;
}
