import type { OperationOutput } from '../../contract/index.ts';
import { compareText, showValue, type EnvironmentState, type ResourceState } from '../../core/index.ts';

type ResourceView = OperationOutput<'resources.list'>['resources'][number];
type ResourceDetail = OperationOutput<'resources.show'>;

export function showResources(state: EnvironmentState): readonly ResourceView[] {
  const users = listUsers(state);
  const resources = Object.values(state.resources).toSorted((left, right) => compareText(left.uid, right.uid));
  return resources.map((resource) => showOne(resource, users));
}

/** One resource with what it offers; secrets are hidden. */
export function showResource(state: EnvironmentState, resource: ResourceState): ResourceDetail {
  const objects = Object.values(state.objects).filter(({ node }) => node === resource.uid);
  return {
    ...showOne(resource, listUsers(state)),
    outputs: showValue(resource.outputs),
    objects: objects.map(({ key }) => key).toSorted(compareText),
  };
}

type Users = ReadonlyMap<string, readonly string[]>;

function showOne(resource: ResourceState, users: Users): ResourceView {
  const { uid, type, class: className, id, definition, driver, isStateful, status, dependsOn } = resource;
  const neededBy = (users.get(uid) ?? []).toSorted(compareText);
  return { uid, type, class: className, id, definition: definition.name, driver, isStateful, status, dependsOn, neededBy };
}

/** Who depends on each resource: workloads by their name, resources by their uid. */
function listUsers(state: EnvironmentState): Users {
  const users = new Map<string, string[]>();
  const add = (name: string, uids: readonly string[]): void => {
    for (const uid of uids) {
      const known = users.get(uid);
      if (known) known.push(name);
      else users.set(uid, [name]);
    }
  };
  for (const workload of Object.values(state.workloads)) add(workload.name, workload.dependsOn);
  for (const resource of Object.values(state.resources)) add(resource.uid, resource.dependsOn);
  return users;
}
