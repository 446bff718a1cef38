import type { DeploymentContext } from '../../model/context.ts';
import type { ResourceNode } from '../../model/graph.ts';
import type { ResourceIdentity } from '../../ports/driver.ts';
import { makeGuid, makeSlug } from '../slug.ts';

/** What expressions see as `resource`: the same for as long as the environment lives. */
export function identifyResource(node: ResourceNode, context: DeploymentContext): ResourceIdentity {
  const identity = [context.project, context.environment, node.type, node.class, node.id];
  const last = node.id.slice(node.id.lastIndexOf('.') + 1);
  return {
    uid: node.uid,
    type: node.type,
    class: node.class,
    id: node.id,
    guid: makeGuid([...identity, String(context.incarnation)]),
    name: node.needs[0]?.need.name ?? last,
    slug: makeSlug(node.id, identity, context.incarnation),
    metadata: node.metadata,
  };
}
